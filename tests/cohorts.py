"""Test cohorts: folders of submissions, and a pool that returns results without grading."""

import contextlib
import io
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import msgspec
import pages
from times import timeless, timeless_text

from grader.cohort import driver, grade_all
from grader.cohort.driver import CohortOptions
from grader.errors import UsageError, legible_name
from grader.protocol import RunnerFailed, RunnerOpened
from grader.report_model import Learner
from grader.reports.console import ReadersConsole
from grader.reports.marks import Lateness, Marks, Override
from grader.reports.statistics import Row
from grader.service.runner_connection import RunOptions
from grader.service.task import Judged, Order

OPENED = RunnerOpened(
    environment=pages.report().environment,
    isolation=msgspec.structs.replace(pages.report().isolation, required="kernel"),
    devices=pages.report().devices,
)


def found(order):
    """Return 'met' for every exercise, except for texts that contain `wrong`."""
    return Judged(
        OPENED,
        [
            msgspec.structs.replace(
                pages.exercise(
                    job.exercise,
                    pages.law("shape"),
                    pages.law(
                        "values",
                        "not met" if "wrong" in job.source.text else "met",
                        misconception=pages.known("mistake") if "wrong" in job.source.text else None,
                    ),
                ),
                handed_in=job.handed_in,
            )
            for job in order.jobs
        ],
    )


@dataclass
class Pretended(Executor):
    """Executor that returns the result of `find` at once and records its orders."""

    find: object = found
    orders: list = field(default_factory=list)
    opened: RunnerOpened = OPENED
    present: int = 2
    closed: bool = False

    @property
    def executor(self):
        return self

    def submit(self, function, payload, /, *arguments, **named):
        future = Future()
        if function is grade_all.task.survey:
            future.set_result(msgspec.msgpack.encode(Judged(self.opened, [])))
            return future
        order = msgspec.msgpack.decode(payload, type=Order)
        self.orders.append(order)
        try:
            finding = self.find(order)
        except Exception as error:
            future.set_exception(error)
        else:
            if isinstance(finding, Judged):
                finding = msgspec.structs.replace(finding, opened=self.opened)
            future.set_result(msgspec.msgpack.encode(finding))
        return future

    def lanes(self):
        return self.present

    def close(self):
        self.closed = True


@dataclass
class Absent(Pretended):
    """Has no workers until `lanes` has been called `asked_in_vain` times."""

    asked_in_vain: int = 5
    held: list = field(default_factory=list)

    def submit(self, function, payload, /, *arguments, **named):
        if function is grade_all.task.survey or self.asked_in_vain == 0:
            return super().submit(function, payload)
        future = Future()
        self.held.append((future, payload))
        return future

    def lanes(self):
        if self.held:
            self.asked_in_vain = max(self.asked_in_vain - 1, 0)
        if self.asked_in_vain:
            return 0
        for future, payload in self.held:
            future.set_result(super().submit(grade_all.task.judge, payload).result())
        self.held.clear()
        return self.present


@dataclass
class Ran:
    """The result of a cohort run."""

    code: int
    said: str
    pool: Pretended

    @property
    def judged(self):
        """The number of submissions graded in this run, not counting kept ones."""
        return len(self.pool.orders)


def run(monkeypatch, folder, course, pool=None, *, terminal=False, exercises=(), seed="20", **chosen):
    """Run `grade cohort` with a pool that doesn't grade. Without a seed, the run draws one."""
    pool = pool or Pretended()
    monkeypatch.setattr(driver, "pool", lambda jobs, scheduler: pool)
    said = io.StringIO()
    console = ReadersConsole(file=said, width=100, force_terminal=terminal, highlight=False)
    options = RunOptions(isolation="kernel", exercises=exercises, seed=seed)
    try:
        code = driver.cohort(folder, course, options, CohortOptions(**chosen), console)
    finally:
        assert pool.closed
    return Ran(code, said.getvalue(), pool)


def submission(folder, name, text="right = 1\n", exercise="toeplitz_1d"):
    """Write a learner's folder. The name may be bytes."""
    place = folder / (name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name)
    place.mkdir(parents=True)
    (place / f"{exercise}.py").write_text(text, encoding="utf-8")
    return place


def contents(out):
    """Return the content of all files of a cohort's output, by name, without times."""
    return {
        str(path.relative_to(out)): timeless_text(path.read_bytes())
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def without_durations(content):
    """Return a report without its times."""
    return timeless(msgspec.json.decode(content))


@contextlib.contextmanager
def room_for(size):
    """Limit the size of files, as on a disk that is nearly full."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


NAMES = "Ada Bea Cem Dorothea Eve Finn Gül Hana Ines Jan Kim Lea Mio Noor Ola Pia Quin Rosa Sam Tom".split()
LAST = "Ahrens Bauer Çelik Diallo Eriksen Fischer García Hoang Ivanova Jansen Kowalski Lindqvist".split()


def summary(count=400):
    """Return a realistic summary: most submissions are good, some incomplete, some can't be graded."""
    import random

    from grader.reports.statistics import Tally

    chance = random.Random(20)
    shown = pages.golden().report
    order = [one.id for one in shown.exercises]
    tally = Tally(order)
    for number in range(count):
        name = f"{chance.choice(LAST)}, {chance.choice(NAMES)} {100000 + number}"
        if number % 57 == 11:
            error = UsageError(
                "unreadable-submission",
                found="more than 256 KiB",
                where=f"submissions/{name}/toeplitz_1d.py",
                expected="less",
                remedy="cut it",
            )
            tally.add_trouble(name, RunnerFailed.of(error))
            continue
        skill = chance.betavariate(4, 1.6)
        results = [_as_answered(one, skill, chance) for one in shown.exercises]
        tally.add(name, f"reports/{number}.json", pages.report(*results))
    return tally.summary(
        shown.tool, shown.course, 20, {"cpu": "judged", "cuda": "not judged: no CUDA device"}
    )


def _as_answered(exercise, skill, chance):
    """Return an exercise with random results for a learner of this skill."""
    if chance.random() > 0.6 + skill / 2:
        laws = [pages.law(one.id, "not judged", max_points=one.max_points) for one in exercise.properties]
        return pages.exercise(
            exercise.id, *laws, title=exercise.title, status="not judged", score=0.0, handed_in=False
        )
    flipped = pages.case(
        *(pages.vector(*row) for row in ((2.0, 1.0), (1.0, 2.0), (1.0, -1.0))),
        inputs={"x": pages.vector(1.0, 2.0)},
    )
    laws = []
    for one in exercise.properties:
        met = chance.random() < 0.35 + 0.65 * skill**0.5
        known = (
            msgspec.structs.replace(pages.known("mistake", one.id), name=f"{one.id} taken for another")
            if not met and chance.random() < 0.5
            else None
        )
        laws.append(
            msgspec.structs.replace(
                one,
                verdict="met" if met else "not met",
                points=one.max_points if met else 0.0,
                misconception=one.misconception if not met and one.misconception else known,
                counterexample=None if met else one.counterexample or flipped,
            )
        )
    failed = any(one.verdict == "not met" for one in laws)
    error = pages.SourceError("NameError", "no name", 1, "x") if failed and chance.random() < 0.04 else None
    return pages.exercise(exercise.id, *laws, title=exercise.title, error=error)


def assignment(count=400):
    """Return the same summary with a roster: names, sections, pages, late days, and changes by hand."""
    found = summary(count)
    rows = [_enrolled(number, row, found.max_score) for number, row in enumerate(found.submissions)]
    return msgspec.structs.replace(found, submissions=rows)


def _enrolled(number, row, most):
    """Return a row with its learner. Every 40th learner handed in nothing."""
    name, _, matriculation = row.name.rpartition(" ")
    learner = Learner(f"e{matriculation}", name, section=f"Group {'ABC'[number % 3]}")
    if number % 40 == 7:
        return Row(row.name, None, None, "not judged", 0.0, {}, learner=learner)
    if row.report is None:
        return msgspec.structs.replace(row, learner=learner)
    share = 0.1 * (1 + number % 2) if number % 9 == 0 else 0.0
    total = round(row.score * (1 - share), 2)
    overrides = (
        (Override(learner.id, "toeplitz_1d", 7.0, "explained it well", 5.0),) if number % 25 == 3 else ()
    )
    marks = Marks(
        row.exercises,
        row.score,
        total,
        most,
        judged=number % 50 != 20,
        lateness=Lateness(late=number % 9 < 2, days=1 + number % 3, share=share),
        overrides=overrides,
    )
    return msgspec.structs.replace(row, learner=learner, marks=marks, page=f"pages/{learner.id}.html")


def hostile_summary():
    """Return a cohort in which every name and error message contains an attack."""
    from exporting import NASTY

    from grader.reports.statistics import Tally

    # Every name and every error is made legible before it is counted.
    nasty = legible_name(NASTY)
    tally = Tally(["one"])
    case = pages.case(
        *map(pages.vector, (1.0, 2.0, 1.0)), call=nasty, inputs={nasty: pages.vector(1.0), "x": nasty}
    )
    known = pages.known("mistake", "slug", nasty)
    law = pages.law("values", "not met", misconception=known, counterexample=case)
    tally.add(nasty, "reports/<script>.json", pages.report(pages.exercise("one", pages.law("shape"), law)))
    tally.add_trouble(nasty, RunnerFailed(2, "slug", nasty, nasty, nasty, nasty))
    tally.add_trouble("a" * 255, RunnerFailed(2, "slug", "x" * 500, "y" * 500, "", ""))
    found = tally.summary(pages.report().tool, pages.report().course, 20, {"cpu": "judged"})
    first, *others = found.submissions
    first = msgspec.structs.replace(
        first,
        learner=Learner(nasty, nasty * 2, section=nasty),
        marks=Marks({}, 2.0, 1.0, 4.0, overrides=(Override(nasty, nasty, 1.0, nasty, 2.0),)),
        page="pages/<script>.html",
        broken=(nasty,),
    )
    return msgspec.structs.replace(found, submissions=[first, *others])
