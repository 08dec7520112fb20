"""The messages between a command and the runner."""

from __future__ import annotations

from typing import Self

from grader.errors import GraderError
from grader.report_model import Environment, ExerciseResult, Isolation, Property, Record
from grader.source_text import SourceText


class ReplayedCase(Record, frozen=True):
    """A case from an earlier run, as a token carries it: `1.CASE`, and its property.

    Without a device it is tried on every graded device.
    """

    property: str
    case: str
    device: str | None = None


class ExerciseJob(Record, frozen=True):
    """A job for the runner: grade the text of one exercise's submission.

    `seed` and `device` apply only to this job.
    A `brief` job ends at the first property that isn't met. It looks neither for the smallest case nor for
    the name of a mistake.
    With `replay` only that one case is tried. `remembered` cases are tried before new ones are drawn.
    The property called `first` is tried before the others.
    Its workers may compute for so many `seconds`: the time that the submission's other exercises have left.
    `trouble` says why there is no text to test, and `handed_in` whether there is a file.
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


class RunnerRequest(Record, frozen=True):
    """The request for a whole run.

    `seconds` limits how long all workers of a submission may compute. A job has the rest of it.
    A runner that `stays` takes one job after the other, each on its own connection.
    """

    course: str
    seed: int
    device: str
    isolation: str
    withheld: list[str]
    seconds: float
    jobs: list[ExerciseJob]
    stays: bool = False


class RunnerFound(Record, frozen=True, tag="found"):
    """The runner has the result of one property."""

    result: Property


class RunnerFinished(Record, frozen=True, tag="finished"):
    """The runner has graded one exercise. For a replay, the case is included even if it is met.

    `spent` are the seconds that the submission's workers computed or slept.
    """

    result: ExerciseResult
    spent: float = 0.0


class RunnerFailed(Record, frozen=True, tag="failed"):
    """The runner couldn't grade, and the grader or the course is the cause.

    If only one exercise is the cause, this message replaces its result. The other exercises continue.
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
    """What the runner found on this machine before it graded."""

    environment: Environment
    isolation: Isolation
    devices: dict[str, str]


RunnerMessage = RunnerOpened | RunnerFound | RunnerFinished | RunnerFailed
