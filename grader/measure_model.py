"""Model of a measurement (format 1): times and memory of several functions over growing sizes."""

from __future__ import annotations

from typing import Literal

from grader.report_model import Environment, Record, Tool

# The names of the two contenders that every exercise has.
YOURS, REFERENCE = "yours", "reference"
ContenderKind = Literal["yours", "reference", "rival"]


class MeasuredPoint(Record, frozen=True):
    """One size: the median seconds of a call, and how far they scatter.

    `spread` is the interquartile range divided by the median. `held` is the peak of memory during a call in
    bytes, without the inputs, or None if it wasn't measured or is too small to see.
    """

    size: int
    seconds: float
    spread: float
    calls: int
    held: int | None = None


class Contender(Record, frozen=True):
    """One function that was timed: its name, a sentence about it, and its points by growing size.

    `stopped` says why there are no larger sizes. `loops` is how deeply its Python loops are nested.
    """

    name: str
    says: str
    kind: ContenderKind
    points: list[MeasuredPoint]
    stopped: str = ""
    loops: int = 0


class Measurement(Record, frozen=True):
    """The output of `grade measure --json`.

    `sha256` is the digest of the measured text. `agrees` is whether the submission's result is the
    reference's at the size `compared`. `operations` has, for each size, the multiplications and additions of
    one call, if the exercise has a formula.
    """

    format: Literal[1]
    tool: Tool
    exercise: str
    title: str
    function: str
    sha256: str
    size: str
    device: str
    environment: Environment
    contenders: list[Contender]
    operations: dict[int, float]
    compared: int | None
    agrees: bool
