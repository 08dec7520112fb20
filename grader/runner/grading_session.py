"""One run of pytest over exercises: the workers, the settings of Hypothesis, and the verdicts found."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import pytest
from _pytest.outcomes import OutcomeException
from hypothesis import HealthCheck, Phase, settings
from torch import Tensor

from grader import tables
from grader.course import Course, find_course, is_course
from grader.errors import GraderError
from grader.exercises import Exercise
from grader.records import KINDS, Misconception, Property
from grader.runner import device_property, devices, plain_values, verdicts
from grader.runner.call_log import MOST_RECORDED, CallLog, Case, Comparison, Exchange
from grader.runner.cases import case_codec, drawn_cases, further_device
from grader.runner.cases.drawn_cases import judged_by_drawn_cases
from grader.runner.cases.replayed_cases import Trials
from grader.runner.claims import ON_THE_WAY, rests_on_a_claim
from grader.runner.diagnosis import library_versions, precision, sandbox_rules, worked_cell
from grader.runner.diagnosis.constant_answers import constant
from grader.runner.diagnosis.device_lint import placement
from grader.runner.exceptions import Stopped, Unavailable
from grader.runner.matchers import Difference, Expected
from grader.runner.proxy import Answering, RemoteFunction
from grader.runner.scoring import is_hidden, points_of
from grader.runner.submission_client import Budget, Call, Source, SubmissionClient
from grader.runner.verdicts import PropertyBroken, Ruling
from grader.runner.workers import KEY, PATIENCE, ExerciseRun, Workers
from grader.sandbox import isolation
from grader.sandbox.wire import Returned
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import Place
from grader.submission.discovery import read_submission

CASES = 50
DTYPE = "dtype"
VALUES = "values"
# Drawn cases by which a constant answer is known.
MANY = 12
# Where fewer cases were tried, a name has to fit more of them.
FEW = 10
MISSED = re.compile(r"(?:name|No module named) '(\w+)")
BRIEF = (Phase.explicit, Phase.generate)
HANDED_IN = pytest.StashKey["GradingSession"]()
# What a property asked of the reference on a device, case by case, by the key of its drawn cases.
RECORDED: dict[tuple[int, str], list[Case]] = {}

PROFILE = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=False,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    report_multiple_bugs=False,
    print_blob=False,
    # Health checks look at the clock, and a verdict must not depend on it.
    suppress_health_check=list(HealthCheck),
    verbosity=hypothesis.Verbosity.quiet,
)


@dataclass
class Expectation:
    """A property that was collected: the score counts it whatever happens."""

    exercise: str
    name: str
    says: str
    device: str
    points: float
    hidden: bool = False
    # On a further device it is worth no points, whatever is found.
    evidence: bool = False
    claimed: bool = False


class GradingSession:
    """What lasts from collection to the end of one run of pytest."""

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
    ) -> None:
        """Take the workers, and the zygote where it is this run's to end; `heard` is told each ruling.

        `trials` are cases that were drawn before. The property called `first` is tried before the others.
        A session that `records` grades the reference: what it is asked is known for all who come later.

        In a brief grading session nobody asks for the smallest case or the mistake's name.
        """
        self._heard = heard
        self.workers = workers
        self.brief = brief
        self.trials = trials or Trials()
        self.first = first
        self.records = records
        self.expected: dict[str, Expectation] = {}
        self.found: dict[str, Property] = {}
        # What this machine or the course kept from being judged.
        self.excused: set[str] = set()
        self.broken: GraderError | None = None
        self._owned = owned
        self._current: CallLog | None = None
        self._tried: tuple[Callable[..., Any], dict[str, Any]] | None = None
        self._asked: list[object] | None = None
        self._compared: list[object] = []
        # Under what the drawn cases of a property are kept.
        self._keys: dict[str, int] = {}
        self._recorded: list[Case] = []
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
        """Go on with other workers, after collection: nothing was judged so far."""
        self.workers.close()
        self.workers, self.brief, self.trials, self.first, self._heard = workers, brief, trials, first, heard

    def judges(self, path: Path) -> bool:
        """Say whether a file holds properties of this course."""
        return self.workers.exercise_at(path) is not None

    def header(self) -> str:
        """Return the line above a run."""
        names = ", ".join(self.workers.sources) or "nothing"
        return f"grader: {self.workers.course.settings.title}; submitted: {names}; seed {self.workers.seed}"

    def devices(self, path: Path) -> list[str]:
        """Return the devices that a file's properties run on."""
        exercise = self.workers.exercise_at(path)
        return [] if exercise is None else self.workers.devices_for(exercise)

    @contextlib.contextmanager
    def profile(self) -> Iterator[None]:
        """Make Hypothesis deterministic for the properties that are imported meanwhile."""
        profile = settings(PROFILE, phases=BRIEF) if self.brief else PROFILE
        settings.register_profile("grader", profile)
        before = settings.get_current_profile_name()
        settings.load_profile("grader")
        try:
            yield
        finally:
            settings.load_profile(before)

    def begin(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """Prepare the properties and return them; where a case is replayed, only the one it belongs to.

        One that is to be `first` comes before the others of its device. They were collected for all devices
        that somebody may ask for.
        """
        replay = self.trials.replay
        chosen = [
            item
            for item in items
            if (replay is None or _name(item) == replay.property) and self._is_asked_for(item)
        ]
        if self.first is not None:
            devices = list(dict.fromkeys(map(_device, chosen)))
            chosen.sort(key=lambda item: (devices.index(_device(item)), _name(item) != self.first))
        for item in chosen:
            if self.judges(item.path):
                self._prepare(item)
        names = {item.nodeid for item in chosen}
        self.expected = {nodeid: one for nodeid, one in self.expected.items() if nodeid in names}
        return chosen

    def _prepare(self, item: pytest.Item) -> None:
        """Seed a property, and have each case that Hypothesis draws noted in its call log."""
        function: Any = getattr(item, "obj", None)
        handle = getattr(function, "hypothesis", None)
        if not isinstance(item, pytest.Function) or handle is None:
            self._arrange(item)
            return
        text = f"{self.workers.seed}:{item.path.parent.name}:{_name(item)}"
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        self._keys[item.nodeid] = number
        seed: Callable[..., Any] = hypothesis.seed(number)
        seed(function)
        # The next grading session in this process finds the module as this one leaves it, wrapped already.
        inner = getattr(handle.inner_test, "__noted__", handle.inner_test)
        handle.inner_test = self._noted(inner, leaves_dtypes=self._leaves_dtypes(item))
        item.obj = judged_by_drawn_cases(
            function, number, fresh=self._begin_again, settled=self._settled, ends=self._ends(item)
        )
        self._arrange(item)

    def expect(self, items: list[pytest.Item]) -> None:
        """Note which properties are expected."""
        for item in items:
            if (exercise := self.workers.exercise_at(item.path)) is not None:
                test = getattr(item, "obj", None)
                says = plain_values.first_line(getattr(test, "__doc__", None))
                evidence = self._is_further(item, exercise)
                worth = 0.0 if evidence else points_of(item)
                self.expected[item.nodeid] = Expectation(
                    exercise.id,
                    _name(item),
                    says,
                    _device(item),
                    worth,
                    hidden=is_hidden(item),
                    evidence=evidence,
                    claimed=test is not None and rests_on_a_claim(test),
                )

    def admit(self, item: pytest.Item) -> None:
        """Skip a property that doesn't hold on the first device, before anything is forked for another."""
        expected = self.expected[item.nodeid]
        if self._first.settles(expected.exercise, expected.name, expected.device) is not None:
            pytest.skip("settled on another device")

    def open(self, item: pytest.Item) -> ExerciseRun:
        """Open the call log of a property."""
        exercise = self.workers.exercise_at(item.path)
        assert exercise is not None
        exercise_run = self.workers.exercise_run(exercise, _device(item))
        self._current = CallLog()
        self._tried = None
        self._recorded = RECORDED.get((self._keys.get(item.nodeid, 0), exercise_run.device), [])
        self._client = exercise_run.client
        self._client.plan([one.call.frame for case in self._recorded for one in case.exchanges])
        exercise_run.call_logs.append(self._current)
        self._first.open(exercise.id, _name(item), self._current)
        if exercise_run.constant is not None:
            reason = (
                f"every answer is {exercise_run.constant}, and most laws hold of that: get `{VALUES}` right"
            )
            raise Unavailable(reason, costs_points=True)
        if exercise_run.stops >= PATIENCE:
            raise Unavailable(
                f"{PATIENCE} calls have already run out of time",
                died=verdicts.TIMED_OUT,
            )
        return exercise_run

    def explain(self, left: object, right: object) -> list[str] | None:
        """Keep the two sides of a false comparison, and return a table of them."""
        current = self._current
        if current is None:
            return None
        expected, obtained = (left, right) if isinstance(left, Expected) else (right, left)
        if self._asked is not None:
            self._asked.append(expected)
            return None
        if isinstance(expected, Expected):
            difference = expected.difference(obtained)
        else:
            difference = Difference(
                f"{plain_values.brief(obtained)} instead of {plain_values.brief(expected)}"
            )
        if difference is None:
            return None
        current.last.comparison = Comparison(obtained, expected, difference)
        cells = plain_values.plain(difference.cells)
        return [
            difference.reason,
            *tables.side_by_side(plain_values.plain(obtained), plain_values.plain(expected), cells),
        ]

    def note(self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
        """Rule on a property at the end of its call, or of a setup that kept it from being called."""
        self._durations[item.nodeid] = self._durations.get(item.nodeid, 0.0) + call.duration
        if item.nodeid in self.found or not (call.when == "call" or (call.when == "setup" and call.excinfo)):
            return
        expectation = self.expected[item.nodeid]
        exercise = self.workers.course.exercises[expectation.exercise]
        if settled := self._first.settles(exercise.id, expectation.name, expectation.device):
            self.found[item.nodeid] = self._record(expectation, settled)
            if not settled.keeps_points:
                self.excused.add(item.nodeid)
            return
        exercise_run = self.workers.exercise_run(exercise, expectation.device)
        error = call.excinfo.value if call.excinfo else None
        try:
            ruling = verdicts.rule(expectation.name, error, exercise_run)
        except PropertyBroken as broken:
            own = error if isinstance(error, GraderError) else self.trials.blamed(error, broken)
            blamed = own or _property_broken(expectation, item.path, broken)
            self.broken = self.broken or blamed
            ruling = Ruling("not judged", reason=f"the test itself failed: {broken}", keeps_points=False)
        if not ruling.keeps_points:
            self.excused.add(item.nodeid)
        found = self._record(expectation, ruling, exercise_run)
        if ruling.verdict == "not met" and not self.brief:
            found = msgspec.structs.replace(found, misconception=_recognised(error, exercise_run))
            found = placement.once(found, exercise_run)
        if found.counterexample is not None and not self.brief:
            # To find the mistake's name takes longer than the verdict, and whoever watches can read on.
            self._heard(found)
            found = self._explained(item, found, ruling, exercise_run)
        elif found.verdict == "met" and self.trials.replay is not None:
            found = msgspec.structs.replace(found, counterexample=verdicts.tried(exercise_run))
        self.found[item.nodeid] = found
        self._first.note(exercise.id, found)
        exercise_run.constant = exercise_run.constant or self._constant(item, found, exercise_run)
        self._record_calls(item, exercise_run, found)
        self._say(report, found)
        self._heard(found)
        if found.evidence and found.verdict == "not met":
            wrong = [one for one in self.found.values() if one.evidence and one.verdict == "not met"]
            self._heard(device_property.failed(wrong, self.workers.course.worth_of_device(exercise)))

    def metadata(self, item: pytest.Item) -> dict[str, Any]:
        """Return the verdict so far, as plain values."""
        found = self.found.get(item.nodeid)
        return {} if found is None else {"property": msgspec.to_builtins(found)}

    def duration(self, nodeid: str) -> float:
        """Return the seconds that a property took, setup included."""
        return self._durations.get(nodeid, 0.0)

    def close(self) -> None:
        """End the workers, and the zygote where it is this run's own."""
        self.workers.close()
        if self._owned is not None:
            self._owned.close()

    def _ends(self, item: pytest.Item) -> Callable[[BaseException], bool]:
        """Return what says whether an error is enough of a property: its smallest case would be no news."""

        def ends(error: BaseException) -> bool:
            exercise = self.workers.exercise_at(item.path)
            assert exercise is not None
            exercise_run = self.workers.exercise_run(exercise, _device(item))
            return self.brief or verdicts.is_told(_name(item), error, exercise_run)

        return ends

    def _settled(self, place: int) -> bool:
        """Say whether a drawn case is answered byte for byte as by the reference: then it holds, too."""
        if place >= len(self._recorded):
            return False
        case = self._recorded[place]
        if not self._client.matches([one.reply for one in case.exchanges]):
            return False
        assert self._current is not None
        self._current.cases.append(Case(case.inputs, list(case.exchanges)))
        return True

    def _record_calls(self, item: pytest.Item, exercise_run: ExerciseRun, found: Property) -> None:
        """Keep what a property asked of the reference, and what came back, for all who are asked the same."""
        key = self._keys.get(item.nodeid, 0)
        if not self.records or found.verdict != "met":
            return
        # The first was opened for what a property asks without drawing.
        _, *cases = exercise_run.call_logs[-1].cases
        calls = [one for case in cases for one in case.exchanges]
        whole = len(cases) == len(drawn_cases.cases_of(key)) and all(one.reply for one in calls)
        if whole and sum(len(one.call.frame) + len(one.reply) for one in calls) <= MOST_RECORDED:
            RECORDED[key, exercise_run.device] = cases

    def _begin_again(self) -> None:
        assert self._current is not None
        self._current.clear()

    def _arrange(self, item: pytest.Item) -> None:
        """Have a property try cases that were drawn before, where there are some."""

        def asked() -> bool:
            return self._current is not None and bool(self._current.last.exchanges)

        exercise = self.workers.exercise_at(item.path)
        several = exercise is not None and bool(exercise.misconceptions)
        if exercise is not None and self._is_further(item, exercise):
            self._first.again(item, exercise.id, _name(item))
        self.trials.arrange(item, _name(item), _device(item), asked=asked, several=several)

    def _is_further(self, item: pytest.Item, exercise: Exercise) -> bool:
        return _device(item) in self.workers.devices_for(exercise)[1:]

    def _is_asked_for(self, item: pytest.Item) -> bool:
        spec = getattr(item, "callspec", None)
        return spec is None or "device" not in spec.params or _device(item) in self.devices(item.path)

    def _leaves_dtypes(self, item: pytest.Item) -> bool:
        """Say whether another property judges dtypes: one cause is to cost once."""
        return _name(item) != DTYPE and any(one.name == DTYPE for one in self.expected.values())

    def _noted(self, test: Callable[..., Any], *, leaves_dtypes: bool) -> Callable[..., Any]:
        @wraps(test)
        def noted(*args: Any, **kwargs: Any) -> Any:
            drawn = {name: value for name, value in kwargs.items() if not isinstance(value, RemoteFunction)}
            drawn.pop("device", None)
            assert self._current is not None
            self._current.open_case(drawn)
            self._tried = (test, kwargs)
            try:
                return test(*args, **kwargs)
            except Exception:
                if leaves_dtypes and precision.is_narrower(self._current.last, self._client.ask):
                    # It holds for what it can be asked: `dtype` tells the rest.
                    return None
                raise

        noted.__noted__ = test  # type: ignore[attr-defined]
        return noted

    def _answered(
        self, given: Mapping[str, Any], client: Answering, call_log: CallLog
    ) -> list[object] | None:
        """Run the latest property for somebody else's answers, which is no verdict on the submission.

        Return what it compared with, None if it failed.
        """
        assert self._tried is not None
        test, arguments = self._tried
        self._asked = []
        try:
            test(
                **{
                    name: value.answered_by(client, call_log) if isinstance(value, RemoteFunction) else value
                    for name, value in {**arguments, **given}.items()
                }
            )
        except (Exception, OutcomeException, Stopped):  # noqa: BLE001 - whatever it comes to
            return None
        finally:
            self._compared, self._asked = self._asked, None
        return self._compared

    def _law(self, case: Case) -> worked_cell.Law:
        """Return what the latest property expects of other inputs, whatever comes back for them."""

        def expected(inputs: Mapping[str, Any]) -> Tensor | None:
            self._answered(inputs, worked_cell.Recorded(case), CallLog())
            last = self._compared[-1] if self._compared else None
            return last.value if isinstance(last, Expected) and isinstance(last.value, Tensor) else None

        return expected

    def _known(self, item: pytest.Item, exercise_run: ExerciseRun) -> Misconception | None:
        """Return the known mistake that the latest property shows."""

        def further() -> list[Exchange]:
            others = CallLog()
            latest = exercise_run.call_logs[-1]
            # Arguments that nobody checks lead to all sorts of ends: the one that is shown is enough.
            is_compared = latest.last.comparison is not None
            if self._tried is not None and is_compared and len(latest.cases) <= FEW:
                for case in drawn_cases.cases_of(self._keys.get(item.nodeid))[:FEW]:
                    self._answered(case, exercise_run.client, others)
            return list(others.exchanges())

        def fails(known: SubmissionClient) -> bool:
            if self._tried is not None and self._answered({}, known, CallLog()) is not None:
                return False
            last = exercise_run.call_logs[-1].last.exchanges[-1].call
            return last.mode not in ON_THE_WAY or _uses_fourier(last, known) == _uses_fourier(
                last, exercise_run.client
            )

        met = all(
            one.verdict == "met"
            for nodeid, one in self.found.items()
            if (self.expected[nodeid].exercise, one.device) == (exercise_run.exercise.id, exercise_run.device)
        )
        return self.workers.misconception(exercise_run, further=further, fails=fails, faultless=met)

    def _constant(self, item: pytest.Item, found: Property, exercise_run: ExerciseRun) -> str | None:
        """Return what every answer is, where the values are wrong and never change.

        Asked are cases as they were drawn: of the smallest ones the right answer may be the identity, too.
        """
        if (found.id, found.verdict, found.cause) != (VALUES, "not met", "wrong") or self._tried is None:
            return None
        answers = CallLog()
        for case in drawn_cases.cases_of(self._keys.get(item.nodeid))[:MANY]:
            self._answered(case, exercise_run.client, answers)
        return constant(answers.exchanges())

    def _record(
        self, expectation: Expectation, ruling: Ruling, exercise_run: ExerciseRun | None = None
    ) -> Property:
        worth = expectation.points if ruling.keeps_points else 0.0
        # An answer that isn't always the same is not the case's doing.
        has_case = ruling.counterexample is not None and ruling.may_be_known
        return Property(
            id=expectation.name,
            says=expectation.says,
            device=expectation.device,
            verdict=ruling.verdict,
            cause=ruling.cause,
            reason=ruling.reason,
            points=worth if ruling.verdict == "met" else 0.0,
            max_points=worth,
            duration=0.0,
            hidden=expectation.hidden,
            evidence=expectation.evidence,
            claimed=expectation.claimed,
            counterexample=ruling.counterexample,
            replay=_token(expectation, exercise_run.call_logs[-1].last)
            if exercise_run and has_case
            else None,
        )

    def _explained(
        self, item: pytest.Item, found: Property, ruling: Ruling, exercise_run: ExerciseRun
    ) -> Property:
        """Add what may be known of a failure: the sum of the first wrong cell, the mistake by its name."""
        case = exercise_run.call_logs[-1].last
        assert found.counterexample is not None
        worked = worked_cell.window(case, self._law(case)) if case.inputs else None
        known = found.misconception or (self._known(item, exercise_run) if _may_be_known(ruling) else None)
        if case.exchanges and ruling.cause == "wrong":
            known = placement.located(exercise_run, case.exchanges[-1], ruling.reason or "", known)
        counterexample = msgspec.structs.replace(found.counterexample, window=worked)
        return msgspec.structs.replace(found, counterexample=counterexample, misconception=known)

    def _say(self, report: pytest.TestReport, found: Property) -> None:
        """Add what a learner should read to pytest's own report."""
        if found.verdict == "met":
            return
        lines = [f"{found.id}: {found.says}", f"{found.verdict}: {found.reason or ''}"]
        if found.counterexample:
            lines.append(f"call: {found.counterexample.call}")
        if found.misconception:
            known = found.misconception
            lines.append(f"{KINDS[known.kind].lower()}: {known.name}. {known.message}")
        report.sections.append(("grader", "\n".join(lines)))


def session_for(config: pytest.Config, path: Path) -> GradingSession | None:
    """Return the grading session of a plain `pytest exercises/...`, or None where the file is no course's."""
    if (handed := config.stash.get(HANDED_IN, None)) is not None:
        config.stash[KEY] = handed.workers
        return handed
    course = _course_of(path)
    if course is None or path.parent.name not in course.exercises:
        return None
    submission = config.getoption("--submission") or os.environ.get("GRADER_SUBMISSION")
    place = Path(submission) if submission else course.root / course.settings.submission
    texts = read_submission(place if place.is_absolute() else config.invocation_params.dir / place, course)
    sources = {
        text.exercise: Source(text.source, text.filename, text.cells, text.trouble) for text in texts.files
    }
    seed = config.getoption("--cases-seed")
    demand = Demand(os.environ.get("GRADER_REQUIRE_ISOLATION", "process"))
    device = config.getoption("--device") or os.environ.get("GRADER_DEVICE", "auto")
    server = ZygoteClient.start()
    chosen = devices.choose(device, demand.required)
    isolation.probe(server, demand, chosen.least_confined)
    workers = Workers(
        course,
        sources,
        server,
        seed=course.settings.seed if seed is None else seed,
        devices=chosen,
        isolation=demand,
        budget=Budget(course.settings.submission_seconds),
    )
    sys.path.insert(0, str(course.root))
    config.stash[KEY] = workers
    return GradingSession(workers, owned=server)


def _course_of(path: Path) -> Course | None:
    for folder in path.parents:
        if is_course(folder):
            return find_course(folder)
    return None


def _property_broken(expectation: Expectation, path: Path, broken: PropertyBroken) -> GraderError:
    return GraderError(
        "property-broken",
        found=f"the property `{expectation.name}` itself failed: {broken}",
        where=str(path),
        expected="a property that ends in a verdict",
        remedy=f"run `pytest {path} -k {expectation.name}` against the reference, and mend it",
    )


def _environment(error: BaseException | None, exercise_run: ExerciseRun) -> Misconception | None:
    """Return what this machine's versions explain, or the grader's own rules: that is no mistake."""
    raised = getattr(error, "raised", None)
    if raised is None:
        return None
    if exercise_run.source.cells and (missed := MISSED.search(raised.message)):
        # A cell that imports it has said why.
        fault = exercise_run.broken_import(missed[1])
        if (known := sandbox_rules.left_out(fault or raised, exercise_run.source.text)) is not None:
            return known
        raised = fault or raised
    line = None if raised.line is None else exercise_run.source.line_at(Place(raised.cell, raised.line))
    return library_versions.recognise(raised, line or "") or sandbox_rules.recognise(raised, line or "")


def _recognised(error: BaseException | None, exercise_run: ExerciseRun) -> Misconception | None:
    """Return what explains a failure by itself, so that no known mistake need be looked for."""
    raised = getattr(error, "raised", None)
    case = (
        exercise_run.call_logs[-1].last
        if exercise_run.call_logs and not isinstance(error, Unavailable)
        else None
    )
    exchange = case.exchanges[-1] if case and case.exchanges else None
    return _environment(error, exercise_run) or placement.recognise(exercise_run, exchange, raised)


def _token(expectation: Expectation, case: Case) -> str | None:
    """Return what `grade replay` needs to try a case again."""
    text = case_codec.case_text(case.inputs)
    return text and f"{expectation.exercise}.{expectation.name}.{expectation.device}.{text}"


def _uses_fourier(call: Call, client: Answering) -> bool:
    """Say whether a Fourier transform of any library was seen in a call: torch's, NumPy's or SciPy's."""
    answer = client.ask(replace(call, mode="operators"))
    return isinstance(answer, Returned) and any("fft" in str(name) for name in answer.value or ())


def _may_be_known(ruling: Ruling) -> bool:
    return ruling.may_be_known and ruling.cause in {"wrong", "error"}


def _name(item: pytest.Item) -> str:
    original = getattr(item, "originalname", None) or item.name
    return str(original).removeprefix("test_")


def _device(item: pytest.Item) -> str:
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("device", "cpu")) if spec is not None else "cpu"
