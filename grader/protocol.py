"""The messages between a command and the runner."""

from __future__ import annotations

from typing import Self

from grader.errors import GraderError
from grader.measure_model import MeasuredPoint
from grader.report_model import Environment, ExerciseResult, Isolation, Property, Record
from grader.source_text import SourceText


class ReplayedCase(Record, frozen=True):
    """A case from an earlier run: its property, and the part `1.CASE` of its token.

    Without a device it is tried on every graded device.
    """

    property: str
    case: str
    device: str | None = None


class ExerciseJob(Record, frozen=True):
    """A job for the runner: grade the text of one exercise's submission.

    `seed` and `device` apply only to this job.
    A `brief` job ends at the first property that isn't met. It doesn't search for the smallest case or for a
    known mistake.
    With `replay` only that one case is tried. `remembered` cases are tried before new ones are drawn.
    The property called `first` is tried before the others.
    `seconds` limits how long its workers may compute, because the submission's other exercises used the
    rest.
    `trouble` is the reason why there is no text to test. `handed_in` is true if there is a file.
    """

    exercise: str
    source: SourceText
    seed: int | None = None
    brief: bool = False
    replay: ReplayedCase | None = None
    remembered: tuple[ReplayedCase, ...] = ()
    seconds: float | None = None
    device: str | None = None
    first: str | None = None
    trouble: str = ""
    handed_in: bool = True


class MeasureJob(Record, frozen=True):
    """A job for the runner: time the functions of one exercise over growing sizes.

    `seconds` limits the whole measurement. Each size that is measured gets a message of its own.
    With `only_size`, the submission and the reference are timed at this size, without rivals.
    """

    exercise: str
    source: SourceText
    seconds: float
    only_size: int | None = None


class RunnerRequest(Record, frozen=True):
    """The request for a whole run.

    `seconds` limits how long all workers of a submission may compute. A job may have a lower limit.
    A runner that `stays` takes one job after another, each on its own connection.
    `cases` is the folder with cases from earlier runs, or empty.
    With `measure`, the runner times functions and grades nothing.
    """

    course: str
    seed: int
    device: str
    isolation: str
    withheld: list[str]
    seconds: float
    jobs: list[ExerciseJob]
    stays: bool = False
    cases: str = ""
    measure: tuple[MeasureJob, ...] = ()


class RunnerFound(Record, frozen=True, tag="found"):
    """The runner has the result of one property."""

    result: Property


class RunnerFinished(Record, frozen=True, tag="finished"):
    """The runner has graded one exercise. For a replay, the case is included even if it is met.

    `spent` is how many seconds the submission's workers computed or slept.
    """

    result: ExerciseResult
    spent: float = 0.0


class RunnerDrew(Record, frozen=True, tag="drew"):
    """The runner has drawn cases. The command can keep them in a file for later runs."""

    name: str
    content: bytes


class RunnerMeasured(Record, frozen=True, tag="measured"):
    """The runner has timed one contender at one size. A second message about both adds the memory."""

    contender: str
    point: MeasuredPoint


class RunnerStopped(Record, frozen=True, tag="stopped"):
    """A contender isn't timed any more, and why."""

    contender: str
    why: str


class RunnerCompared(Record, frozen=True, tag="compared"):
    """The runner has compared the submission's result with the reference's. The measurement is over.

    `size` is None if there is no reference, or if no result could be compared.
    """

    size: int | None
    agrees: bool


class RunnerFailed(Record, frozen=True, tag="failed"):
    """The runner couldn't grade because of an error in the grader or the course.

    If the error affects only one exercise, this message replaces its result. The other exercises continue.
    """

    code: int
    slug: str
    found: str
    where: str
    expected: str
    remedy: str

    @classmethod
    def of(cls, error: GraderError) -> Self:
        """Return an error as a message for another process."""
        return cls(
            code=error.exit_code,
            slug=error.slug,
            found=error.found,
            where=error.where,
            expected=error.expected,
            remedy=error.remedy,
        )


class RunnerOpened(Record, frozen=True, tag="opened"):
    """The runner's description of this machine, sent before grading."""

    environment: Environment
    isolation: Isolation
    devices: dict[str, str]


RunnerMeasurement = RunnerMeasured | RunnerStopped | RunnerCompared
RunnerMessage = RunnerOpened | RunnerFound | RunnerFinished | RunnerFailed | RunnerMeasurement
RunnerOutput = RunnerMessage | RunnerDrew
