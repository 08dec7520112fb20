"""What a platform wants to know that no report says: where it runs, and when the grading ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Occasion:
    """The variables that the platform sets, and the end of the grading in seconds since 1970."""

    variables: Mapping[str, str] = field(default_factory=dict)
    ended: float = 0.0
