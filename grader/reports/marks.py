"""What a submission is worth in an assignment: points by weight, the late rule, and changes by hand."""

from __future__ import annotations

from grader.report_model import Record


class Override(Record, frozen=True):
    """Points that a person gave instead of the grader's. `before` is what the grader gave, if anything."""

    learner: str
    exercise: str
    points: float
    comment: str = ""
    before: float | None = None


class Lateness(Record, frozen=True):
    """When a submission arrived, and what the late rule deducts.

    `handed_in` is ISO 8601, or None if the download doesn't tell the time. `days` counts each day begun
    after the due date and the grace period. `share` is the part of the points that is deducted (0 to 1).
    """

    late: bool
    handed_in: str | None = None
    days: int = 0
    share: float = 0.0


class Marks(Record, frozen=True):
    """The points of a submission in an assignment.

    `exercises` holds weighted points, after changes by hand; an exercise that couldn't be tested is
    missing. `earned` is their sum, `total` the sum after the late rule. `judged` is false if an exercise
    couldn't be tested: then `total` isn't final.
    """

    exercises: dict[str, float]
    earned: float
    total: float
    out_of: float
    judged: bool = True
    lateness: Lateness | None = None
    overrides: tuple[Override, ...] = ()
