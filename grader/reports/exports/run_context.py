"""Facts that a platform needs and a report lacks: environment variables, and when grading ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Occasion:
    """The platform's environment variables, and when grading ended, in seconds since 1970."""

    variables: Mapping[str, str] = field(default_factory=dict)
    ended: float = 0.0
