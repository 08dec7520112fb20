"""Model of the score report (format 1)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Verdict = Literal["met", "not met", "not judged"]
Cause = Literal["wrong", "error", "timeout", "memory", "forbidden"]
Kind = Literal["mistake", "convention", "environment"]
# The device that is no accelerator, and only behaves like one.
SIMULATED = "sim"
# The property that sums up what further devices show, and what it says.
DEVICE = "device"
DEVICE_SAYS = "Every property also holds on another device: results lie where the inputs do."
# How people are told of each kind.
KINDS: dict[Kind, str] = {
    "mistake": "Known mistake",
    "convention": "Another convention",
    "environment": "Your environment",
}


class Record(msgspec.Struct, frozen=True):
    """A value that is written once and never changed."""


class Array(Record, frozen=True):
    """A tensor or array in a report: nested lists with their dtype and shape; a complex number is a pair."""

    dtype: str
    shape: list[int]
    values: Any


class Factor(Record, frozen=True):
    """One entry of an input: `x[2]`, and what stands there."""

    name: str
    at: list[int]
    value: float


class Term(Record, frozen=True):
    """One product of a worked cell: its factors, and how often it is added."""

    times: float
    factors: list[Factor]


class Window(Record, frozen=True):
    """The first wrong cell, and the sum of products that should stand there."""

    at: list[int]
    obtained: float | None
    expected: float
    terms: list[Term]


class Counterexample(Record, frozen=True):
    """The smallest case that shows a property not met.

    `line` counts from the top of the file, or of the notebook's `cell` where one is named.
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
    """What is known about an answer: a mistake that others make, another convention, another environment."""

    slug: str
    name: str
    message: str
    kind: Kind = "mistake"


class Property(Record, frozen=True):
    """One property on one device, and what was found.

    Points are earned on the first device. What is found on a further one is `evidence`, worth no points:
    the property `device` sums it up. What is `claimed` rests on what the submission's own process says of how
    it came to its answer.
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
    """An error in a learner's file, at the learner's own line; in a notebook counted from the cell's top.

    `other_cells` are further cells of the notebook that didn't run to their end.
    """

    type: str
    message: str
    line: int | None
    source: str | None
    cell: int | None = None
    other_cells: tuple[int, ...] = ()


class ExerciseResult(Record, frozen=True):
    """All properties of one exercise; its workers computed, or slept, for so many `cpu_seconds`."""

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
    """The program that wrote a report, and the commit that it was installed from, where that is known."""

    name: str
    version: str
    commit: str | None = None


class Submission(Record, frozen=True):
    """What was judged: its name as given, and the digest of the sources that were read.

    `unread` are files that lie beside them and answer nothing that was asked for, each with the reason. In a
    cohort the `learner` is who handed it in.
    """

    name: str
    sha256: str
    unread: list[str] = []
    learner: str | None = None


class CourseRecord(Record, frozen=True):
    """The course it was judged by, the digest of its exercises and reference, and its commit in a repository.

    The commit is the latest one; what was changed since shows in the digest.
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
    """How the submission was kept apart, and what the worker's self-test found."""

    tier: str
    required: str
    active: dict[str, str]
    missing: dict[str, str]
    self_test: dict[str, str]


class Report(Record, frozen=True):
    """The score report (format 1); `judged_at` is when it was finished, in UTC (ISO 8601)."""

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
    """What `grade replay --json` writes (format 1): one case of one property, and what came of it.

    `cases` has an entry for each of the properties, of which there is one for each device.
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
