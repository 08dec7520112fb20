"""A worker's clock counts its own computing and sleeping, but not other processes' computing."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from workers import load

from grader.sandbox import clocks, codec, wire
from grader.sandbox.client import Worker
from grader.sandbox.clocks import Clock, Stopwatch
from grader.sandbox.worker_end import Late
from grader.sandbox.zygote_client import ZygoteClient

SOURCE = """
import threading, time, torch
def burn(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds: pass
    return seconds
def sleep(seconds):
    time.sleep(seconds)
    return seconds
def doze():
    while True: time.sleep(0.02)
def spin():
    while True: pass
def threads(seconds, several):
    many = [threading.Thread(target=burn, args=(seconds,)) for _ in range(several)]
    for one in many: one.start()
    for one in many: one.join()
    return seconds
def fill(megabytes):
    held = bytearray(megabytes << 20)
    while held: pass
def stop():
    import os, signal
    os.kill(os.getpid(), signal.SIGSTOP)
def imported(name):
    import sys
    return name in sys.modules
def room(megabytes):
    import numpy
    return numpy.empty(megabytes << 20, dtype=numpy.uint8).size >> 20
"""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's time to others")


def worker_of(server):
    worker = Worker.fork(server)
    assert isinstance(load(worker, SOURCE), wire.Loaded)
    return worker


def ask(worker, function, *args, seconds):
    return worker.ask(wire.Ask(function, "call", codec.pack(list(args)), {}), seconds=seconds)


@pytest.fixture
def worker(server):
    worker = worker_of(server)
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def cold():
    """A separate zygote without late imports, independent of other tests."""
    with ZygoteClient.start() as server:
        yield server


class Fake(Clock):
    """A fake clock with values set by the test."""

    def __init__(self):
        super().__init__()
        self.shown = 0.0
        self.seen = "ready"

    def computed(self):
        return self.shown

    def state(self):
        return self.seen


@pytest.fixture
def hour(monkeypatch):
    """The wall clock, which stands still until the test advances it."""
    now = [1000.0]
    monkeypatch.setattr(clocks.time, "monotonic", lambda: now[0])

    def move(seconds):
        now[0] += seconds

    return move


@LINUX
def test_a_worker_is_timed_wherever_it_runs(worker):
    """The runner can read a worker's clock, even from outside the zygote's namespaces."""
    assert worker.clock.exact


@LINUX
def test_a_busy_machine_takes_no_time(busy, worker):  # noqa: ARG001 - it keeps the processors busy
    """A worker that computes within its limit is on time, even if it waits long for a processor."""
    before = worker.spent
    assert ask(worker, "burn", 0.2, seconds=0.5).value == 0.2
    assert 0.2 <= worker.spent - before < 0.5


@pytest.mark.parametrize("function", ["spin", "doze", "stop"])
def test_what_never_answers_is_ended(worker, function):
    """A call that never ends, whether it computes, sleeps or stops itself, costs only its limit."""
    with pytest.raises(Late) as caught:
        ask(worker, function, seconds=0.4)
    assert (caught.value.cause, caught.value.reason) == ("timeout", "did not finish within 0.4 s")
    assert not caught.value.imported


@LINUX
def test_sleep_counts_like_work(worker):
    """A call that sleeps for less than its time limit is on time; one that sleeps for longer isn't."""
    assert ask(worker, "sleep", 0.2, seconds=2.0).value == 0.2
    with pytest.raises(Late):
        ask(worker, "sleep", 60, seconds=0.3)


@LINUX
def test_all_threads_count(worker):
    """Two threads use twice as much time as one."""
    with pytest.raises(Late):
        ask(worker, "threads", 0.6, 2, seconds=0.5)


@LINUX
def test_who_waits_for_a_thread_does_not_sleep(worker):
    """A worker whose main thread waits for a computing thread is not asleep."""
    assert ask(worker, "threads", 0.4, 1, seconds=0.7).value == 0.4


@LINUX
def test_an_answer_that_comes_late_is_late(worker, monkeypatch):
    """A late answer doesn't count, even if the call wasn't stopped in time."""
    monkeypatch.setattr(Stopwatch, "over", lambda _: False)
    with pytest.raises(Late, match=r"within 0\.2 s"):
        ask(worker, "burn", 0.4, seconds=0.2)


@LINUX
def test_a_call_that_may_have_imported_is_told_apart(worker):
    """A time-out counts as a possible import only if the worker's memory use has grown."""
    with pytest.raises(Late) as caught:
        ask(worker, "fill", 20, seconds=0.3)
    assert caught.value.imported


@LINUX
def test_a_process_and_its_clock():
    """A process's clock shows its processor time, and a process that reads its own clock is awake."""
    clock = Clock(os.getpid())
    assert clock.exact
    before = time.process_time()
    assert before <= clock.computed() <= time.process_time()
    assert clock.state() == "ready"
    assert clock.memory() > 0


@LINUX
@pytest.mark.parametrize(
    ("letters", "state"), [("SRS", "ready"), ("RD", "ready"), ("SST", "asleep"), ("SD", "stuck")]
)
def test_a_state_is_that_of_all_threads(tmp_path, monkeypatch, letters, state):
    """A process is ready if one thread waits for a processor, and asleep only if all threads are."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    clock = Clock(process.pid)
    process.communicate()
    for number, letter in enumerate(letters):
        thread = tmp_path / f"{process.pid}/task/{number}"
        thread.mkdir(parents=True)
        (thread / "stat").write_text(f"{number} (a ) R name) {letter} 1 2 3\n")
    monkeypatch.setattr(clocks, "PROC", tmp_path)
    assert clock.state() == state


@LINUX
def test_a_process_that_is_gone():
    """After a process has ended, its clock stands still and it doesn't count as asleep."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    clock = Clock(process.pid)
    assert clock.exact
    process.communicate()
    assert clock.computed() == clock.computed()
    assert clock.state() == "stuck"
    assert clock.memory() is None


def test_without_a_clock_of_its_own_it_is_the_wall(hour):
    """If a process's own time isn't available, wall-clock time is used."""
    clock = Clock()
    watch = Stopwatch(clock, 2.0)
    hour(1.9)
    assert not watch.over()
    hour(0.2)
    assert watch.over()
    assert (clock.exact, clock.memory(), watch.spent) == (False, None, pytest.approx(2.1))


def test_a_sender_that_is_not_told():
    """For a sender without credentials, the process number is 0."""
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        assert clocks.sender(ours) == 0


@pytest.mark.parametrize(("state", "seconds", "spent"), [("stuck", 30, 30.0), ("ready", 300, 0.0)])
def test_waiting_for_what_others_have_ends(hour, state, seconds, spent):
    """Waiting for a disk may take ten times the limit plus ten seconds.

    Waiting for a processor may take ten times as long as that.
    """
    fake = Fake()
    fake.seen = state
    watch = Stopwatch(fake, 2.0)
    for _ in range(seconds - 1):
        hour(1.0)
        assert not watch.over()
    hour(1.5)
    assert watch.over()
    assert watch.spent == pytest.approx(spent, abs=1.0)


def test_sleep_is_counted_whole_where_it_never_woke(hour):
    """A late reading counts an uninterrupted sleep in full.

    It counts little of an interrupted sleep or of time when the whole machine was paused.
    """
    fake = Fake()
    watch = Stopwatch(fake, 10.0)
    fake.seen = "asleep"
    hour(0.9)
    assert not watch.over()
    assert watch.spent == pytest.approx(0.9)
    fake.shown = 0.5
    hour(0.9)
    assert not watch.over()
    assert watch.spent == pytest.approx(1.4 + clocks.TICK)
    hour(36_000.0)
    assert not watch.over()
    assert watch.spent == pytest.approx(1.4 + clocks.TICK + clocks.LONGEST_LOOK)


def test_a_pause_is_as_long_as_the_time_that_is_left():
    """The next reading is neither too early nor after the moment when a limit may be reached."""
    fake = Fake()
    watch = Stopwatch(fake, 1.0)
    assert watch.pause() == clocks.TICK
    fake.shown = 0.95
    assert watch.pause() == pytest.approx(0.05)
    fake.shown = 2.0
    assert watch.pause() == clocks.SHORTEST


def test_what_the_server_imports_later_leaves_a_worker_as_much_room(cold):
    """A library imported after the start is available in later workers and costs them no memory."""
    first = worker_of(cold)
    room = next(size for size in range(1900, 0, -20) if fits(first, size))
    assert ask(first, "imported", "torch._dynamo", seconds=10).value is False
    cold.import_the_rest()
    later = worker_of(cold)
    assert ask(later, "imported", "torch._dynamo", seconds=10).value is True
    assert fits(later, room - 20)
    for one in (first, later):
        one.close()


def fits(worker, megabytes):
    return isinstance(ask(worker, "room", megabytes, seconds=10), wire.Returned)


@LINUX
def test_the_server_keeps_to_one_thread(cold):
    """A fork has only the thread that forked, so the zygote's imports must start no threads."""
    cold.import_the_rest()
    assert set(threads(cold._process.pid)) == {1}


def threads(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [len(os.listdir(f"/proc/{pid}/task")), *(one for child in listed for one in threads(int(child)))]
