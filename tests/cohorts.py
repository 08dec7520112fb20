"""Cohorts to try: folders of submissions, and a pool that finds without judging."""

import contextlib
import io
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import msgspec
import pages

from grader.commands.cohort import grading
from grader.commands.cohort.grading import CohortOptions
from grader.commands.cohort.work import Judged, Order
from grader.commands.grade import RunOptions
from grader.records import NearOpened
from grader.reports.consoles import ReadersConsole

OPENED = NearOpened(
    environment=pages.report().environment,
    isolation=msgspec.structs.replace(pages.report().isolation, required="kernel"),
    devices=pages.report().devices,
)


def found(order):
    """Find every exercise met, but one whose text says `wrong`."""
    return Judged(
        OPENED,
        [
            pages.exercise(
                job.exercise,
                pages.law("shape"),
                pages.law(
                    "values",
                    "not met" if "wrong" in job.source else "met",
                    misconception=pages.known("mistake") if "wrong" in job.source else None,
                ),
            )
            for job in order.jobs
        ],
    )


@dataclass
class Pretended(Executor):
    """Finds at once whatever `find` does, and remembers what it was asked."""

    find: object = found
    orders: list = field(default_factory=list)
    opened: NearOpened = OPENED
    present: int = 2
    closed: bool = False

    @property
    def executor(self):
        return self

    def submit(self, function, payload, /, *arguments, **named):
        future = Future()
        if function is grading.work.survey:
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
    """Has nobody who judges until it was asked so often who is there."""

    asked_in_vain: int = 5
    held: list = field(default_factory=list)

    def submit(self, function, payload, /, *arguments, **named):
        if function is grading.work.survey or self.asked_in_vain == 0:
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
            future.set_result(super().submit(grading.work.judge, payload).result())
        self.held.clear()
        return self.present


@dataclass
class Ran:
    """What a cohort came to."""

    code: int
    said: str
    pool: Pretended

    @property
    def judged(self):
        """How many submissions were judged, and not kept."""
        return len(self.pool.orders)


def run(monkeypatch, folder, course, pool=None, *, terminal=False, exercises=(), seed=None, **chosen):
    """Run `grade cohort` with a pool that judges nothing."""
    pool = pool or Pretended()
    monkeypatch.setattr(grading, "pool", lambda jobs, scheduler: pool)
    said = io.StringIO()
    console = ReadersConsole(file=said, width=100, force_terminal=terminal, highlight=False)
    options = RunOptions(isolation="kernel", exercises=exercises, seed=seed)
    try:
        code = grading.cohort(folder, course, options, CohortOptions(**chosen), console)
    finally:
        assert pool.closed
    return Ran(code, said.getvalue(), pool)


def submission(folder, name, text="right = 1\n", exercise="toeplitz_1d"):
    """Write a learner's folder; a name may be bytes."""
    place = folder / (name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name)
    place.mkdir(parents=True)
    (place / f"{exercise}.py").write_text(text, encoding="utf-8")
    return place


def contents(out):
    """Return all that a cohort has written, as bytes, by name."""
    return {
        str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()
    }


def without_durations(content):
    """Return a report without what differs from run to run."""
    return _timeless(msgspec.json.decode(content))


def _timeless(value):
    if isinstance(value, dict):
        return {name: _timeless(part) for name, part in value.items() if name != "duration"}
    return [_timeless(part) for part in value] if isinstance(value, list) else value


@contextlib.contextmanager
def room_for(size):
    """Let files grow to a size and no further, as on a disk that is nearly full."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
