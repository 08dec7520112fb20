"""The workers of one run, with their call logs, for each exercise and device."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import GraderError
from grader.exercises import Exercise, Wrong
from grader.report_model import Misconception
from grader.runner.answer_equality import same
from grader.runner.call import Budget
from grader.runner.call_log import CallLog, Case, Exchange
from grader.runner.devices import Devices
from grader.runner.diagnosis.known_mistakes import Evidence, name_misconception, size_of
from grader.runner.diagnosis.known_replies import KnownMistake, KnownReplies
from grader.runner.exceptions import Inconsistent, Stopped, Unavailable
from grader.runner.proxy import Answering, RemoteFunction
from grader.runner.root_causes import RootCauses
from grader.runner.submission_client import SubmissionClient
from grader.runner.unavailable import missing, undefined, unloadable
from grader.sandbox import sim
from grader.sandbox.wire import Raised
from grader.sandbox.worker_end import Died, Killed
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import Place, SourceText
from grader.submission import syntax

KEY = pytest.StashKey["Workers"]()
# Stop after this many properties that ran out of time. Few others would be met, and each costs its seconds.
PATIENCE = 4
# A client for comparison gets more time: it must not time out if the submission just doesn't.
LENIENCE = 2
CALLS_ASKED_AGAIN = 400


def workers_of(config: pytest.Config) -> Workers:
    """Return the workers of this pytest run."""
    return config.stash[KEY]


def in_other_order(cases: Iterable[Case]) -> list[Exchange]:
    """Return the calls that the replica repeats: the largest first, then from the latest to the earliest."""
    exchanges = [one for case in cases for one in case.exchanges][-CALLS_ASKED_AGAIN:][::-1]
    start = max(range(len(exchanges)), key=lambda place: size_of(exchanges[place]), default=0)
    return exchanges[start:] + exchanges[:start]


@dataclass
class ExerciseRun:
    """One exercise on one device: its clients, and the call logs of its properties."""

    exercise: Exercise
    device: str
    source: SourceText
    client: SubmissionClient
    replica: SubmissionClient
    unavailable: Unavailable | None = None
    call_logs: list[CallLog] = field(default_factory=list)
    # Answers as each known mistake does, one after another.
    known: SubmissionClient | None = None
    stops: int = 0
    # The constant answer, if every answer is the same. A law that holds for it proves nothing.
    constant: str | None = None
    named: str | None = None
    causes: RootCauses = field(default_factory=RootCauses)

    @cached_property
    def places(self) -> dict[str, Place]:
        """The position at which each of the submission's functions begins."""
        functions = syntax.functions_in(self.source.text)
        return {name: self.source.place(line) for name, line in functions.items()}

    @cached_property
    def while_loops(self) -> dict[str, Place]:
        """The place of the first `while` in each of the submission's functions that has one."""
        loops = syntax.while_loops_in(self.source.text)
        return {name: self.source.place(line) for name, line in loops.items()}

    @property
    def first_broken_cell(self) -> tuple[int, Raised | Died] | None:
        """The first cell of a notebook that failed, and why."""
        return next(iter(self.client.broken.items()), None)

    def broken_cell(self, *names: str) -> tuple[int, Raised | Died] | None:
        """Return the first broken cell that defines one of these names."""
        texts = self.source.cells
        for number, fault in self.client.broken.items():
            if any(syntax.binds(texts[number - 1], name) for name in names):
                return number, fault
        return None

    def broken_import(self, name: str) -> Raised | None:
        """Return why a notebook failed to import a name."""
        texts = self.source.cells
        for number, fault in self.client.broken.items():
            if not isinstance(fault, Raised) or "ImportError" not in fault.bases:
                continue
            if syntax.imports(texts[number - 1], name):
                return fault
        return None


class Workers:
    """State of one pytest run: the exercise runs and their workers."""

    def __init__(
        self,
        course: Course,
        sources: dict[str, SourceText],
        server: ZygoteClient,
        *,
        seed: int,
        devices: Devices,
        isolation: Demand,
        budget: Budget,
        untestable: Mapping[str, str] | None = None,
        known_replies: KnownReplies | None = None,
    ) -> None:
        """Keep the course, the submission's texts by exercise, and the zygote that forks workers."""
        self.course = course
        self.sources = sources
        self.seed = seed
        self.devices = devices
        self.trouble: GraderError | None = None
        # Why there is no text that could be tested, by exercise.
        self._untestable = untestable or {}
        self._known_replies = known_replies or KnownReplies()
        self._server = server
        self._isolation = isolation
        self._budget = budget
        self._hearings: dict[tuple[str, str], ExerciseRun] = {}

    def exercise_at(self, path: Path) -> Exercise | None:
        """Return the exercise that this file of properties belongs to."""
        exercise = self.course.exercises.get(path.parent.name)
        return exercise if exercise is not None and exercise.tests == path else None

    def devices_for(self, exercise: Exercise) -> list[str]:
        """Return the devices for an exercise: the requested ones that it supports.

        An exercise without tensors needs only one device.
        """
        named = [one for one in self.devices.asked if exercise.settings.runs_on(one)]
        named = named or list(self.devices.asked)
        return named if exercise.has_tensors else named[:1]

    def exercise_run(self, exercise: Exercise, device: str) -> ExerciseRun:
        """Return the run of one exercise on one device, which is opened on first use."""
        key = (exercise.id, device)
        if key not in self._hearings:
            self._hearings[key] = self._open(exercise, device)
        return self._hearings[key]

    def function(self, path: Path, name: str, device: str) -> RemoteFunction:
        """Return a function of the submission, or raise Unavailable with the reason."""
        exercise = self.exercise_at(path)
        if exercise is None or name not in exercise.functions:
            raise KeyError(
                f"submitted({name!r}) in {path}: the stub in that folder declares no such function"
            )
        exercise_run = self.exercise_run(exercise, device)
        if exercise_run.unavailable is not None:
            raise exercise_run.unavailable
        if name not in exercise_run.client.functions:
            broken = exercise_run.broken_cell(name)
            raise undefined(name, *broken) if broken else missing(name, exercise_run.client.functions)
        return RemoteFunction(
            exercise.functions[name],
            exercise_run.client,
            lambda: exercise_run.call_logs[-1],
            forbids=exercise.settings.forbids,
        )

    def confirm(self, exercise_run: ExerciseRun) -> None:
        """Repeat the calls of the latest property on the replica, in another order.

        An answer that depends on earlier calls or on chance is wrong. The first worker gets the simplest call
        first. The replica gets the largest call first, in case an answer depends on the first call.
        """
        ordered = in_other_order(exercise_run.call_logs[-1].cases)
        frames = [exchange.call.frame for exchange in ordered]
        if not exercise_run.replica.is_planned(frames):
            exercise_run.replica.plan(frames)
        for exchange in ordered:
            if exchange.reply and exercise_run.replica.matches([exchange.reply]):
                continue
            again = exercise_run.replica.ask(exchange.call)
            if isinstance(again, Killed) or (isinstance(again, Died) and again.cause == "timeout"):
                exercise_run.call_logs[-1].last.exchanges[:] = [Exchange(exchange.call, again)]
                raise Stopped(again)
            if not same(exchange.answer, again):
                exercise_run.call_logs[-1].last.exchanges[:] = [exchange]
                raise Inconsistent("two different answers to the same call")

    def misconception(
        self,
        exercise_run: ExerciseRun,
        *,
        further: Callable[[], list[Exchange]],
        fails: Callable[[Answering], bool],
        faultless: bool,
    ) -> Misconception | None:
        """Return the known mistake that gives the same answers as the submission in the latest property."""

        def client(wrong: Wrong) -> KnownMistake:
            # Its time doesn't count as the submission's.
            budget = Budget(self._budget.seconds)

            @cache
            def source() -> SourceText:
                return SourceText(wrong.path.read_text(encoding="utf-8"), f"{exercise_run.exercise.id}.py")

            def loaded() -> SubmissionClient:
                if exercise_run.known is None:
                    exercise_run.known = self._client(
                        exercise_run.exercise, source(), exercise_run.device, budget=budget, lenience=LENIENCE
                    )
                exercise_run.known.become(source(), budget)
                return exercise_run.known

            # Two exercises may know mistakes of the same name.
            name = f"{exercise_run.exercise.id}/{wrong.slug}"
            return KnownMistake(name, exercise_run.device, self._known_replies, loaded)

        *earlier, latest = exercise_run.call_logs
        evidence = Evidence(latest, earlier, further, fails, faultless)
        known = exercise_run.exercise.misconceptions
        found = name_misconception(evidence, known, client, named=exercise_run.named)
        exercise_run.named = exercise_run.named or (found.slug if found else None)
        return found

    def heard(self, exercise: Exercise) -> list[ExerciseRun]:
        """Return the runs of an exercise. The run on the first device comes first."""
        return [exercise_run for (name, _), exercise_run in self._hearings.items() if name == exercise.id]

    def printed(self, exercise: Exercise) -> str:
        """Return the submission's output in an exercise on its first device."""
        return "".join(exercise_run.client.printed for exercise_run in self.heard(exercise)[:1])

    @property
    def spent(self) -> float:
        """The seconds spent by the submission's workers."""
        return self._budget.spent

    def close(self) -> None:
        """Close every worker."""
        for exercise_run in self._hearings.values():
            for client in (exercise_run.client, exercise_run.replica, exercise_run.known):
                if client is not None:
                    client.close()

    def _open(self, exercise: Exercise, device: str) -> ExerciseRun:
        source = self.sources.get(exercise.id, SourceText("", f"{exercise.id}.py"))
        client, replica = (
            self._client(exercise, source, device, budget=self._budget, lenience=lenience)
            for lenience in (1, LENIENCE)
        )
        replica.ended = client.ended
        exercise_run = ExerciseRun(exercise, device, source, client, replica)
        if not exercise.settings.runs_on(device):
            exercise_run.unavailable = Unavailable(f"this exercise is not tested on {device}")
        elif self.devices.states[device] != "judged":
            exercise_run.unavailable = Unavailable(self.devices.states[device].removeprefix("not judged: "))
        elif exercise.id not in self.sources:
            exercise_run.unavailable = Unavailable("the submission has no file for this exercise")
        elif reason := self._untestable.get(exercise.id):
            exercise_run.unavailable = Unavailable(reason, costs_points=True)
        else:
            try:
                exercise_run.unavailable = unloadable(exercise_run.client.load())
            except GraderError as error:
                # The machine failed. The run ends when pytest is done.
                self.trouble = self.trouble or error
                exercise_run.unavailable = Unavailable(error.found)
        return exercise_run

    def _client(
        self, exercise: Exercise, source: SourceText, device: str, *, budget: Budget, lenience: int
    ) -> SubmissionClient:
        slowness = sim.SLOWNESS if device == sim.NAME else 1
        return SubmissionClient(
            self._server,
            source,
            device=device,
            isolation=self._isolation,
            seconds=exercise.settings.call_seconds * slowness * lenience,
            budget=budget,
        )
