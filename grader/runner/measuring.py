"""Times a submission, the reference and rivals over growing sizes, each in a confined worker.

The times are the kernel's counters, read from outside the worker, so a submission can't change them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from msgspec import structs
from torch import Tensor
from torch.utils.benchmark import Measurement as Timing
from torch.utils.benchmark.utils.common import TaskSpec

from grader.course import Course
from grader.exercises import Exercise, read_text
from grader.measure_model import REFERENCE, YOURS, MeasuredPoint
from grader.measure_settings import MeasureSettings, amount
from grader.protocol import MeasureJob, RunnerCompared, RunnerMeasured, RunnerMeasurement, RunnerStopped
from grader.runner.devices import Devices
from grader.runner.loaded_submission import LOAD_SECONDS
from grader.runner.worker_start import start_worker
from grader.sandbox import accelerators, codec, wire
from grader.sandbox.client import Worker
from grader.sandbox.wire import Loaded, Raised, Returned
from grader.sandbox.worker_end import Died
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import SourceText

# A block of calls takes at least so many seconds: the clock is much more exact.
BLOCK = 0.01
BLOCKS = 5
# A call longer than this is timed fewer times, without a first call that isn't counted.
SLOW, SLOW_BLOCKS = 0.05, 3
# The longest call. The next size is left out if it would take longer.
LONGEST = 0.4
# Every call of a block has inputs of its own, so that remembering results doesn't help. In bytes and calls.
MOST_HELD, MOST_CALLS = 8 << 20, 2000
# A size more than doubles the time. It may grow with the cube of the size.
GROWTH = 2
# The processor seconds that a request may take.
PATIENCE = 30.0
# A worker that repeats no call takes this long to answer. It is measured so many times.
ROUND_TRIPS = 9
# The largest sizes whose memory is measured, and the fewest bytes that can be seen.
MEMORY_SIZES, VISIBLE = 3, 1 << 20
MEMORY_SECONDS = 3.0
# In float32, of the largest entry of the reference's result.
TOLERANCE = 1e-3


def measure(
    course: Course, job: MeasureJob, server: ZygoteClient, devices: Devices, isolation: Demand
) -> Iterator[RunnerMeasurement]:
    """Yield each size that was timed, then the memory, then whether the results agree."""
    exercise = course.exercise(job.exercise)
    settings = exercise.settings.measure
    assert settings is not None
    if job.only_size is not None:
        settings = structs.replace(settings, sizes=(job.only_size, job.only_size), rivals=())
    device = devices.asked[0]
    deadline = time.monotonic() + job.seconds
    runners = [
        _Contestant(name, source, server, device, isolation, settings)
        for name, source in contenders(exercise, settings, job.source)
    ]
    try:
        yield from _times(runners, settings, deadline)
        for one in runners:
            # The memory takes a few calls only, but the whole must end soon after its time.
            yield from one.memory() if time.monotonic() < deadline + MEMORY_SECONDS else ()
        yield _compared(runners)
    finally:
        for one in runners:
            one.close()


def contenders(
    exercise: Exercise, settings: MeasureSettings, submitted: SourceText
) -> Iterator[tuple[str, SourceText]]:
    """Yield the names and texts: the submission, the reference and the rivals, if they are there."""
    yield YOURS, submitted
    paths = [(REFERENCE, exercise.solution), *((name, exercise.rival(name)) for name in settings.rivals)]
    for name, path in paths:
        if path.is_file():
            yield name, SourceText(read_text(path), f"{exercise.id}.py")


def _times(
    runners: Sequence[_Contestant], settings: MeasureSettings, deadline: float
) -> Iterator[RunnerMeasurement]:
    """Yield the times, size by size, so that an early end leaves all contenders at the same size."""
    size, largest = settings.sizes
    while size <= largest and any(one.runs for one in runners):
        for one in runners:
            if one.runs and time.monotonic() > deadline:
                yield one.stop("the time is up")
            elif one.runs and one.expected(size) > LONGEST:
                yield one.stop(f"a call with n = {size} would take more than {LONGEST:g} s")
            elif one.runs:
                yield one.timed(size)
        size *= GROWTH


def _compared(runners: Sequence[_Contestant]) -> RunnerCompared:
    """Compare the results at the largest size at which both can be sent."""
    own, reference = runners[0], next((one for one in runners if one.name == REFERENCE), None)
    if reference is None:
        return RunnerCompared(size=None, agrees=True)
    common = {point.size for point in own.points} & {point.size for point in reference.points}
    for size in sorted(common, reverse=True):
        arguments = inputs(own.settings, size, torch.Generator().manual_seed(size))
        found, expected = own.result(arguments), reference.result(arguments)
        if expected is not None:
            return RunnerCompared(size=size, agrees=_agrees(found, expected))
    return RunnerCompared(size=None, agrees=True)


def _agrees(found: Any, expected: Any) -> bool:
    if not isinstance(expected, Tensor) or not isinstance(found, Tensor):
        return type(found) is type(expected) and bool(found == expected)
    if found.shape != expected.shape:
        return False
    scale = float(expected.abs().max()) if expected.numel() else 1.0
    # False for NaN.
    return bool(((found - expected).abs() <= TOLERANCE * max(scale, TOLERANCE)).all())


def inputs(settings: MeasureSettings, size: int, generator: torch.Generator) -> list[Any]:
    """Return new arguments for one call, in the order of `[measure] inputs`."""
    values = (amount(formula, size) for formula in settings.inputs.values())
    return [
        torch.randn(value, generator=generator, dtype=torch.float32) if isinstance(value, tuple) else value
        for value in values
    ]


@dataclass
class _Contestant:
    name: str
    source: SourceText
    server: ZygoteClient
    device: str
    isolation: Demand
    settings: MeasureSettings
    points: list[MeasuredPoint] = field(default_factory=list)
    runs: bool = True
    _worker: Worker | None = None
    _round_trip: float = 0.0
    _generator: torch.Generator = field(default_factory=lambda: torch.Generator().manual_seed(0))

    def stop(self, why: str) -> RunnerStopped:
        """Time no larger sizes."""
        self.runs = False
        return RunnerStopped(contender=self.name, why=why)

    def expected(self, size: int) -> float:
        """Return the seconds that a call will take, from how the last two sizes grew."""
        if not self.points:
            return 0.0
        *earlier, last = self.points
        growth = last.seconds / earlier[-1].seconds if earlier else 1.0
        return last.seconds * max(growth, 1.0) ** (1 if size > last.size else 0)

    def timed(self, size: int) -> RunnerMeasurement:
        """Time one size."""
        try:
            point = self._point(size)
        except _Failed as failed:
            return self.stop(str(failed))
        except Died as died:
            self._worker = None
            return self.stop(died.reason)
        self.points.append(point)
        return RunnerMeasured(contender=self.name, point=point)

    def memory(self) -> Iterator[RunnerMeasured]:
        """Yield the largest sizes again, with the memory that a call holds."""
        for point in self.points[-MEMORY_SIZES:]:
            held = self._held(point.size)
            if held is not None and held >= VISIBLE:
                with_memory = MeasuredPoint(point.size, point.seconds, point.spread, point.calls, held)
                yield RunnerMeasured(contender=self.name, point=with_memory)

    def result(self, arguments: list[Any]) -> Any:
        """Return the result of one call, or None if it can't be sent or compared."""
        request = wire.Ask(self.settings.function, "call", codec.pack(arguments), {})
        try:
            reply = self._ready().ask(request, seconds=PATIENCE)
        except (_Failed, Died):
            self._worker = None
            return None
        return reply.value if isinstance(reply, Returned) else None

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _point(self, size: int) -> MeasuredPoint:
        once = self.expected(size)
        if once < SLOW:
            # What torch does at a first call is not counted.
            self._block(size, 1)
            once = self._block(size, 1)
        count = max(1, min(int(BLOCK / max(once, 1e-7)) + 1, MOST_CALLS, self._fitting(size)))
        times = [self._block(size, count) for _ in range(BLOCKS if once < SLOW else SLOW_BLOCKS)]
        task = TaskSpec(stmt=self.name, setup="")
        timing = Timing(number_per_run=1, raw_times=times, task_spec=task)
        spread = timing.iqr / timing.median if timing.median else 0.0
        return MeasuredPoint(size, timing.median, round(spread, 4), count * len(times))

    def _fitting(self, size: int) -> int:
        """Return how many inputs are kept at once."""
        arguments = inputs(self.settings, size, self._generator)
        size_of = sum(one.nbytes for one in arguments if isinstance(one, Tensor))
        return max(1, MOST_HELD // max(size_of, 1))

    def _block(self, size: int, count: int) -> float:
        """Return the seconds of one call, as the mean over a block of calls with new inputs."""
        worker = self._ready()
        new = [inputs(self.settings, size, self._generator) for _ in range(count)]
        worker.ask(wire.Hold(codec.pack(new)), seconds=PATIENCE)
        return max(self._repeated(worker) - self._round_trip, 1e-9) / count

    def _repeated(self, worker: Worker) -> float:
        """Return the seconds that a worker needs to repeat the kept calls.

        On this machine's processors, these are the processor's seconds, and the seconds asleep.
        """
        before, started = worker.spent, time.perf_counter()
        reply = worker.ask(wire.Repeat(self.settings.function), seconds=PATIENCE)
        passed = time.perf_counter() - started
        if isinstance(reply, Raised):
            raise _Failed(f"{reply.type}: {reply.message}"[:200])
        return passed if accelerators.is_real(self.device) else worker.spent - before

    def _ready(self) -> Worker:
        """Return the worker with the text loaded."""
        if self._worker is None:
            self._worker = self._started()
            self._worker.ask(wire.Hold([]), seconds=PATIENCE)
            self._round_trip = min(self._repeated(self._worker) for _ in range(ROUND_TRIPS))
        return self._worker

    def _started(self) -> Worker:
        worker = start_worker(self.server, wire.Prepare(self.source, self.device), self.isolation)
        requests: list[wire.Request] = [wire.Load()]
        if self.source.starts:
            requests = [wire.Run(number + 1) for number in range(len(self.source.cells))]
        for request in requests:
            reply = worker.ask(request, seconds=LOAD_SECONDS)
            if not isinstance(reply, Loaded):
                worker.close()
                raise _Failed("the file doesn't load")
        return worker

    def _held(self, size: int) -> int | None:
        """Return the peak of memory in one call, in a worker that has made no larger call."""
        self.close()
        try:
            self._block(self.settings.sizes[0], 1)
            worker = self._ready()
            worker.ask(
                wire.Hold(codec.pack([inputs(self.settings, size, self._generator)])), seconds=PATIENCE
            )
            before = worker.clock.peak()
            self._repeated(worker)
            after = worker.clock.peak()
        except (_Failed, Died):
            self._worker = None
            return None
        return None if before is None or after is None else after[1] - before[0]


class _Failed(Exception):
    """A contender's function raised, or its file doesn't load."""
