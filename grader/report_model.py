"""Model of the score report (format 1)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Verdict = Literal["met", "not met", "not judged"]
Cause = Literal["wrong", "error", "timeout", "memory", "forbidden"]
Kind = Literal["mistake", "convention", "environment"]
# The device that only simulates an accelerator.
SIMULATED = "sim"
# The property that sums up the results on further devices, and its sentence.
DEVICE = "device"
DEVICE_SAYS = "Every test also passes on another device: the result is on the device of the inputs."
# The words that people read for each kind.
KINDS: dict[Kind, str] = {
    "mistake": "Known mistake",
    "convention": "Another convention",
    "environment": "Your environment",
}


class Record(msgspec.Struct, frozen=True):
    """An immutable value."""


class Array(Record, frozen=True):
    """A tensor or array in a report: nested lists, their dtype and shape. A complex number is a pair."""

    dtype: str
    shape: list[int]
    values: Any


class Factor(Record, frozen=True):
    """One entry of an input: its name, such as `x[2]`, and its value."""

    name: str
    at: list[int]
    value: float


class Term(Record, frozen=True):
    """One product of a worked cell: its factors, and how often it is added."""

    times: float
    factors: list[Factor]


class Window(Record, frozen=True):
    """The first wrong cell, and the sum of products that should be there."""

    at: list[int]
    obtained: float | None
    expected: float
    terms: list[Term]


class Counterexample(Record, frozen=True):
    """The smallest case that a property fails on.

    `line` counts from the top of the file, or from the top of the notebook's `cell` if it is set.
    """

    call: str
    inputs: dict[str, Any]
    obtained: Any
    expected: Any
    difference: Any
    line: int | None
    cell: int | None = None
    window: Window | None = None


class Misconception(Record, frozen=True):
    """An explanation of an answer: a known mistake, another convention, or the environment."""

    slug: str
    name: str
    message: str
    kind: Kind = "mistake"


class Property(Record, frozen=True):
    """One property on one device, and its result.

    Points are earned on the first device. A result on another device is `evidence` and has no points:
    the property `device` sums it up. A `claimed` result depends on a report by the submission's own
    process about how it computed the answer.
    """

    id: str
    says: str
    device: str
    verdict: Verdict
    cause: Cause | None
    reason: str | None
    points: float
    max_points: float
    duration: float
    hidden: bool = False
    counterexample: Counterexample | None = None
    misconception: Misconception | None = None
    replay: str | None = None
    evidence: bool = False
    claimed: bool = False


class SourceError(Record, frozen=True):
    """An error in a learner's file and its line. In a notebook, lines count from the top of the cell.

    `other_cells` lists the notebook's other cells that failed.
    """

    type: str
    message: str
    line: int | None
    source: str | None
    cell: int | None = None
    other_cells: tuple[int, ...] = ()


class ExerciseResult(Record, frozen=True):
    """All properties of one exercise. `cpu_seconds` is how long its workers computed or slept."""

    id: str
    title: str
    status: Verdict
    score: float
    max_score: float
    duration: float
    properties: list[Property]
    stdout: str
    error: SourceError | None
    handed_in: bool = True
    cpu_seconds: float = 0.0


class Tool(Record, frozen=True):
    """The program that wrote a report, and the commit that it was installed from, if known."""

    name: str
    version: str
    commit: str | None = None


class Learner(Record, frozen=True):
    """A person who submits, as the roster and the platform's download describe them.

    `platform` is the platform's own number for this person, such as Moodle's participant number.
    """

    id: str
    name: str = ""
    email: str = ""
    login: str = ""
    section: str = ""
    platform: str = ""

    @property
    def shown(self) -> str:
        """The name for people to read, or the id if no name is known."""
        return self.name or self.id


class Submission(Record, frozen=True):
    """The graded submission: its name as given, and the digest of its texts.

    `unread` lists its files that answer no requested exercise, each with the reason. In a cohort,
    `learner` is the id of the person who submitted it, and `learner_name` the name, if it is known.
    """

    name: str
    sha256: str
    unread: list[str] = []
    learner: str | None = None
    learner_name: str | None = None


class CourseRecord(Record, frozen=True):
    """The course, the digest of its exercises and reference, and its commit in a repository.

    The commit is the latest one. Only the digest shows changes since then.
    """

    title: str
    sha256: str
    commit: str | None = None


class Environment(Record, frozen=True):
    """The versions that a verdict may depend on."""

    python: str
    torch: str
    numpy: str
    hypothesis: str
    platform: str


class Isolation(Record, frozen=True):
    """How the submission was isolated, and the results of the worker's self-test."""

    tier: str
    required: str
    active: dict[str, str]
    missing: dict[str, str]
    self_test: dict[str, str]


class Report(Record, frozen=True):
    """The score report (format 1). `judged_at` is the time when it was finished, in UTC (ISO 8601)."""

    format: Literal[1]
    tool: Tool
    submission: Submission
    course: CourseRecord
    seed: int
    environment: Environment
    isolation: Isolation
    devices: dict[str, str]
    score: float
    max_score: float
    exercises: list[ExerciseResult]
    judged_at: str | None = None


class Replay(Record, frozen=True):
    """The output of `grade replay --json` (format 1): one case of one property, and its result.

    `cases` has an entry for each device.
    """

    format: Literal[1]
    tool: Tool
    token: str
    submission: Submission
    course: CourseRecord
    environment: Environment
    isolation: Isolation
    devices: dict[str, str]
    exercise: str
    properties: list[Property]
    cases: list[Counterexample | None]
