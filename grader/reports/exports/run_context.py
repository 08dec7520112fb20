"""Facts that a platform needs and a report lacks: the environment, and the end of the grading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Occasion:
    """The platform's environment variables, and the end of the grading in seconds since 1970."""

    variables: Mapping[str, str] = field(default_factory=dict)
    ended: float = 0.0
