"""The messages between a command and the runner."""

from __future__ import annotations

from typing import Self

from grader.errors import GraderError
from grader.report_model import Environment, ExerciseResult, Isolation, Property, Record
from grader.source_text import SourceText


class ReplayedCase(Record, frozen=True):
    """A case that was drawn before, as a token carries it: `1.CASE`, and the property that it is for.

    Without a device it is tried on every one that is judged.
    """

    property: str
    case: str
    device: str | None = None


class ExerciseJob(Record, frozen=True):
    """What the runner is asked to judge: the text of one exercise's submission.

    `seed` and `device` are for this job alone.
    A `brief` job ends at the first property that isn't met. It looks neither for the smallest case nor for
    the mistake's name.
    With `replay` only that one case is tried. Cases that are `remembered` are tried before others are drawn.
    The property called `first` is tried before the others.
    Its workers may compute so many `seconds`: what the submission's other exercises have left.
    `trouble` says why there is no text that can be tested, and `handed_in` whether there was any.
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
    """A whole run as the runner is asked for it.

    `seconds` is what the workers of a submission may compute in all; a job says what is left of it.
    A runner that `stays` takes one job after the other, each on a connection of its own.
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
    """The runner has ruled on one property."""

    result: Property


class RunnerFinished(Record, frozen=True, tag="finished"):
    """The runner has judged one exercise; of a replay the case is there also where it is met.

    `spent` are the seconds that the submission's workers computed, or slept, meanwhile.
    """

    result: ExerciseResult
    spent: float = 0.0


class RunnerFailed(Record, frozen=True, tag="failed"):
    """The runner could not judge: the fault lies with the grader or the course.

    Where it lies with one exercise, this stands in the place of its result, and the others go on.
    """

    code: int
    slug: str
    found: str
    where: str
    expected: str
    remedy: str

    @classmethod
    def of(cls, error: GraderError) -> Self:
        """Return an error as it crosses to another process."""
        return cls(
            code=error.exit_code,
            slug=error.slug,
            found=error.found,
            where=error.where,
            expected=error.expected,
            remedy=error.remedy,
        )


class RunnerOpened(Record, frozen=True, tag="opened"):
    """What the runner found on this machine before it judged."""

    environment: Environment
    isolation: Isolation
    devices: dict[str, str]


RunnerMessage = RunnerOpened | RunnerFound | RunnerFinished | RunnerFailed
