"""One pytest session over an exercise's properties: prepares them, runs them, and keeps the results."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.errors import GraderError
from grader.exercises import Exercise
from grader.report_model import Property
from grader.runner import device_property, verdicts
from grader.runner.cases import further_device
from grader.runner.cases.drawn_cases import judged_by_drawn_cases
from grader.runner.cases.kept_cases import CaseStore
from grader.runner.cases.recorded_calls import PropertyCases
from grader.runner.cases.replayed_cases import Trials
from grader.runner.diagnosis import explanation
from grader.runner.diagnosis.device_lint import device_mistakes
from grader.runner.exceptions import Unavailable
from grader.runner.expectation import Expectation, device_of, name_of
from grader.runner.hypothesis_profile import deterministic, seeded
from grader.runner.property_run import PropertyRun, noted
from grader.runner.verdicts import PropertyBroken, Ruling
from grader.runner.workers import PATIENCE, ExerciseRun, Workers
from grader.sandbox.zygote_client import ZygoteClient

DTYPE = "dtype"
HANDED_IN = pytest.StashKey["GradingSession"]()


class GradingSession:
    """The state of one pytest run, from collection to the end."""

    def __init__(
        self,
        workers: Workers,
        *,
        owned: ZygoteClient | None = None,
        brief: bool = False,
        heard: Callable[[Property], object] = lambda ruled: ruled,
        trials: Trials | None = None,
        first: str | None = None,
        records: bool = False,
        recalls: bool = False,
        kept: CaseStore,
    ) -> None:
        """Store the workers, and the zygote if this run must end it. Call `heard` with each result.

        `trials` are cases from earlier runs. The property named `first` is tried before the others.
        `kept` holds cases from earlier runs.
        A session that `records` grades the reference, and keeps its calls and replies for later sessions.
        A session that `recalls` compares replies with those. A single run never does.
        A `brief` session doesn't search for the smallest case or for a known mistake.
        """
        self._heard = heard
        self.workers = workers
        self.brief = brief
        self.trials = trials or Trials()
        self.first = first
        self.records = records
        self._recalls = recalls
        self.expected: dict[str, Expectation] = {}
        self.found: dict[str, Property] = {}
        # Properties that weren't graded because of this machine or the course.
        self.excused: set[str] = set()
        self.broken: GraderError | None = None
        self._owned = owned
        self._run: PropertyRun | None = None
        self._kept = kept
        self._cases: dict[str, PropertyCases] = {}
        self._first = further_device.First()
        self._durations: dict[str, float] = {}

    def turn(
        self,
        workers: Workers,
        *,
        brief: bool,
        heard: Callable[[Property], object],
        trials: Trials,
        first: str | None,
    ) -> None:
        """Continue with other workers, after collection and before the first property."""
        self.workers.close()
        self.workers, self.brief, self.trials, self.first, self._heard = workers, brief, trials, first, heard

    def judges(self, path: Path) -> bool:
        """Return whether a file contains properties of this course."""
        return self.workers.exercise_at(path) is not None

    def header(self) -> str:
        """Return the header line of a run."""
        names = ", ".join(self.workers.sources) or "nothing"
        return f"grader: {self.workers.course.settings.title}; submitted: {names}; seed {self.workers.seed}"

    def devices(self, path: Path) -> list[str]:
        """Return the devices that a file's properties run on."""
        exercise = self.workers.exercise_at(path)
        return [] if exercise is None else self.workers.devices_for(exercise)

    def profile(self) -> contextlib.AbstractContextManager[None]:
        """Make Hypothesis deterministic for properties that are imported in this context."""
        return deterministic(brief=self.brief)

    def begin(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """Prepare the properties and return them. A replay returns only its own property.

        The property named `first` runs before the others on its device. `items` covers all devices that
        a job may use, so unrequested devices are left out.
        """
        replay = self.trials.replay
        chosen = [
            item
            for item in items
            if (replay is None or name_of(item) == replay.property) and self._is_asked_for(item)
        ]
        if self.first is not None:
            devices = list(dict.fromkeys(map(device_of, chosen)))
            chosen.sort(key=lambda item: (devices.index(device_of(item)), name_of(item) != self.first))
        for item in chosen:
            if self.judges(item.path):
                self._prepare(item)
        names = {item.nodeid for item in chosen}
        self.expected = {nodeid: one for nodeid, one in self.expected.items() if nodeid in names}
        return chosen

    def expect(self, items: list[pytest.Item]) -> None:
        """Record which properties are expected."""
        for item in items:
            if (exercise := self.workers.exercise_at(item.path)) is not None:
                evidence = self._is_further(item, exercise)
                self.expected[item.nodeid] = Expectation.of(item, exercise.id, evidence=evidence)

    def admit(self, item: pytest.Item) -> None:
        """Skip a property that has already failed on the first device. This saves starting a worker."""
        expected = self.expected[item.nodeid]
        if self._first.settles(expected.exercise, expected.name, expected.device) is not None:
            pytest.skip("already decided on another device")

    def open(self, item: pytest.Item) -> ExerciseRun:
        """Begin a property. Raise Unavailable if it can't be tested."""
        exercise = self.workers.exercise_at(item.path)
        assert exercise is not None
        exercise_run = self.workers.exercise_run(exercise, device_of(item))
        self._run = PropertyRun(
            exercise_run, self._cases.get(item.nodeid, PropertyCases()), recalls=self._recalls
        )
        self._first.open(exercise.id, name_of(item), self._run.call_log)
        if exercise_run.constant is not None:
            values = explanation.VALUES
            reason = (
                f"every answer is {exercise_run.constant}, and most tests accept that. First fix `{values}`"
            )
            raise Unavailable(reason, costs_points=True)
        if exercise_run.stops >= PATIENCE:
            raise Unavailable(f"{PATIENCE} calls have already run out of time", died=verdicts.TIMED_OUT)
        return exercise_run

    def explain(self, left: object, right: object) -> list[str] | None:
        """Store both sides of a failed comparison, and return them as a table."""
        return None if self._run is None else self._run.compare(left, right)

    def note(self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
        """Set the result of a property when its call ends, or when its setup has failed."""
        self._durations[item.nodeid] = self._durations.get(item.nodeid, 0.0) + call.duration
        if item.nodeid in self.found or not (call.when == "call" or (call.when == "setup" and call.excinfo)):
            return
        expectation = self.expected[item.nodeid]
        exercise = self.workers.course.exercises[expectation.exercise]
        if settled := self._first.settles(exercise.id, expectation.name, expectation.device):
            self.found[item.nodeid] = expectation.found(settled)
            if not settled.keeps_points:
                self.excused.add(item.nodeid)
            return
        exercise_run = self.workers.exercise_run(exercise, expectation.device)
        error = call.excinfo.value if call.excinfo else None
        ruling = self._ruling(item, error, exercise_run)
        found = self._found(item, ruling, error, exercise_run)
        self.found[item.nodeid] = found
        self._first.note(exercise.id, found)
        if self._run is not None:
            exercise_run.constant = exercise_run.constant or explanation.constant_answer(self._run, found)
            if self.records and found.verdict == "met":
                self._run.record()
        if found.verdict != "met":
            report.sections.append(("grader", verdicts.in_words(found)))
        self._heard(found)
        if found.evidence and found.verdict == "not met":
            wrong = [one for one in self.found.values() if one.evidence and one.verdict == "not met"]
            self._heard(device_property.failed(wrong, self.workers.course.worth_of_device(exercise)))

    def metadata(self, item: pytest.Item) -> dict[str, Any]:
        """Return the result so far, as plain values."""
        found = self.found.get(item.nodeid)
        return {} if found is None else {"property": msgspec.to_builtins(found)}

    def duration(self, nodeid: str) -> float:
        """Return the seconds that a property took, including its setup."""
        return self._durations.get(nodeid, 0.0)

    def close(self) -> None:
        """Stop the workers. Also stop the zygote if this run started it."""
        self.workers.close()
        if self._owned is not None:
            self._owned.close()
            self._kept.save()

    def _ruling(self, item: pytest.Item, error: BaseException | None, exercise_run: ExerciseRun) -> Ruling:
        """Return the ruling. If the property itself is broken, keep the error for the course's author."""
        expectation = self.expected[item.nodeid]
        try:
            ruling = verdicts.rule(expectation.name, error, exercise_run)
        except PropertyBroken as broken:
            own = error if isinstance(error, GraderError) else self.trials.blamed(error, broken)
            self.broken = self.broken or own or broken.as_error(expectation.name, item.path)
            ruling = Ruling("not judged", reason=f"the test itself failed: {broken}", keeps_points=False)
        if not ruling.keeps_points:
            self.excused.add(item.nodeid)
        return ruling

    def _found(
        self, item: pytest.Item, ruling: Ruling, error: BaseException | None, exercise_run: ExerciseRun
    ) -> Property:
        """Return the result, with an explanation if the property failed and the run isn't brief."""
        case = exercise_run.call_logs[-1].last if exercise_run.call_logs else None
        found = self.expected[item.nodeid].found(ruling, case)
        if ruling.verdict == "not met" and not self.brief:
            found = msgspec.structs.replace(found, misconception=explanation.recognised(error, exercise_run))
            found = device_mistakes.once(found, exercise_run)
        if found.counterexample is not None and not self.brief:
            # Report the verdict now: matching a known mistake is slower.
            self._heard(found)
            assert self._run is not None
            faultless = all(
                one.verdict == "met"
                for nodeid, one in self.found.items()
                if (self.expected[nodeid].exercise, one.device)
                == (exercise_run.exercise.id, exercise_run.device)
            )
            return explanation.explained(self._run, found, ruling, self.workers, faultless=faultless)
        if found.verdict == "met" and self.trials.replay is not None:
            return msgspec.structs.replace(found, counterexample=verdicts.tried(exercise_run))
        return found

    def _prepare(self, item: pytest.Item) -> None:
        """Seed a property, and record each case that Hypothesis draws in the call log."""
        function: Any = getattr(item, "obj", None)
        handle = getattr(function, "hypothesis", None)
        if not isinstance(item, pytest.Function) or handle is None:
            self._arrange(item)
            return
        number = seeded(function, f"{self.workers.seed}:{item.path.parent.name}:{name_of(item)}")
        test = handle.inner_test
        store = self._kept.of_property(item.path.parent.name, name_of(item), test)
        self._cases[item.nodeid] = PropertyCases(number, store)
        handle.inner_test = noted(test, self._running, leaves_dtypes=self._leaves_dtypes(item))
        item.obj = judged_by_drawn_cases(
            function,
            number,
            fresh=lambda: self._running().call_log.clear(),  # noqa: PLW0108 - the run begins later
            settled=lambda place: self._running().settles(place),
            ends=lambda error: self._ends(item, error),
            store=store,
        )
        self._arrange(item)

    def _arrange(self, item: pytest.Item) -> None:
        """Make a property try cases from earlier runs, if there are any."""
        exercise = self.workers.exercise_at(item.path)
        several = exercise is not None and bool(exercise.misconceptions)
        if exercise is not None and self._is_further(item, exercise):
            self._first.again(item, exercise.id, name_of(item))
        asked = lambda: self._run is not None and self._run.has_asked  # noqa: E731
        self.trials.arrange(item, name_of(item), device_of(item), asked=asked, several=several)

    def _running(self) -> PropertyRun:
        assert self._run is not None
        return self._run

    def _ends(self, item: pytest.Item, error: BaseException) -> bool:
        """Return whether Hypothesis can stop at this error instead of looking for a smaller case."""
        return self.brief or verdicts.is_told(name_of(item), error, self._running().exercise_run)

    def _is_further(self, item: pytest.Item, exercise: Exercise) -> bool:
        return device_of(item) in self.workers.devices_for(exercise)[1:]

    def _is_asked_for(self, item: pytest.Item) -> bool:
        spec = getattr(item, "callspec", None)
        return spec is None or "device" not in spec.params or device_of(item) in self.devices(item.path)

    def _leaves_dtypes(self, item: pytest.Item) -> bool:
        """Return whether another property tests dtypes. A wrong dtype must cost points only once."""
        return name_of(item) != DTYPE and any(one.name == DTYPE for one in self.expected.values())
