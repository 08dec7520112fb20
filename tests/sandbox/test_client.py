"""Workers give answers, end as expected and leave nothing behind."""

import errno
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import torch
from workers import load

from grader.errors import GraderError
from grader.frames import HEADER
from grader.sandbox import codec, wire, zygote_client
from grader.sandbox.array_codec import Malformed
from grader.sandbox.client import Worker
from grader.sandbox.confinement import KERNEL_LAYERS
from grader.sandbox.worker_end import Died
from grader.sandbox.zygote_client import Demand, ZygoteClient

SOURCE = """
import os, signal, sys, threading, time, torch
def double(x): return x * 2
def forever():
    while True: pass
def leave(): sys.exit(3)
def quit_now(): os._exit(3)
def kill(): os.kill(os.getpid(), signal.SIGKILL)
def fault(): signal.raise_signal(signal.SIGSEGV)
def chatter(): print("x" * 30_000_000)
def flooded():
    def flood():
        for _ in range(50): os.write(1, b"x" * (1 << 20)) and print("x" * (1 << 20))
    thread = threading.Thread(target=flood); thread.start(); thread.join()
    print("done")
    return 1
def say(word): print(word)
def complain(word): print(word, file=sys.stderr)
def read(): return sys.stdin.read()
def where(): return os.getcwd()
def environment(): return sorted(os.environ)
def gpus(): return os.environ["CUDA_VISIBLE_DEVICES"]
def path(): return list(sys.path)
def memory(): return torch.zeros(1 << 32)
def everywhere(data):
    for descriptor in range(3, 256):
        try: os.write(descriptor, data)
        except OSError: pass
    return 1
def flood(): return everywhere(b"\\xff" * 100_000)
def forge(): return everywhere(b"\\0\\0\\0\\x04abcd")
def opened(descriptor):
    try: os.fstat(descriptor)
    except OSError: return False
    return True
def descriptors(): return [number for number in range(256) if opened(number)]
def deep(n): return deep(n + 1)
def modules(): return sorted(m for m in sys.modules if m.partition(".")[0] in ("pytest", "hypothesis", "reference"))
def square(x): return (x * x).sum()
def inplace(x): x.zero_(); return x
class Odd(Exception):
    def __str__(self): raise RuntimeError("no")
def unprintable(): raise Odd
def default_dtype():
    torch.set_default_dtype(torch.float64)
    return torch.get_default_dtype() is torch.float64
"""


@pytest.fixture
def worker(server):
    worker = Worker.fork(server)
    reply = load(worker, SOURCE, "toeplitz_1d.py", "cpu", seconds=10)
    assert isinstance(reply, wire.Loaded)
    yield worker
    worker.close()


def ask(worker, function, *args, mode="call", cotangent=None, seconds=10):
    packed = codec.pack(list(args), as_it_lies=True)
    return worker.ask(wire.Ask(function, mode, packed, {}, codec.pack(cotangent)), seconds=seconds)


def test_a_call_returns(worker):
    """A call takes a tensor and returns another."""
    assert torch.equal(ask(worker, "double", torch.arange(6.0)[::2]).value, torch.tensor([0.0, 4.0, 8.0]))


def test_an_endless_loop_is_ended(worker):
    """A call that takes too long uses up its time limit, and ends the worker."""
    with pytest.raises(Died) as caught:
        ask(worker, "forever", seconds=0.3)
    assert caught.value.cause == "timeout"
    assert not worker._alive


def test_sys_exit_is_an_answer(worker):
    """sys.exit raises SystemExit like any other exception, and the worker continues."""
    assert ask(worker, "leave").type == "SystemExit"
    assert ask(worker, "double", torch.ones(1)).value == 2


@pytest.mark.parametrize(
    ("function", "cause", "words"),
    [
        ("quit_now", "error", "exit code 3"),
        ("kill", "error", "SIGKILL"),
        ("fault", "error", "SIGSEGV"),
        ("flood", "error", "a reply of"),
        ("forge", "error", "a reply that isn't one"),
    ],
)
def test_a_worker_that_dies_says_how(worker, function, cause, words):
    """The process that waited for a worker reports how it ended."""
    with pytest.raises(Died) as caught:
        ask(worker, function)
    assert caught.value.cause == cause
    assert words in caught.value.reason


def test_printing_without_end_is_an_exception_at_its_line(worker):
    """Too much output in one call raises an exception at that line, and the next call works again."""
    for _ in range(2):
        raised = ask(worker, "chatter")
        assert (raised.type, raised.message) == ("OSError", "printed more than 16 MiB in one call")
    assert ask(worker, "double", torch.ones(1)).value == 2


def test_what_a_thread_prints_meanwhile_decides_nothing(worker):
    """How much a thread prints depends on the machine, so it doesn't change the result."""
    for _ in range(3):
        assert ask(worker, "flooded").value == 1
    assert len(worker.printed) == 4096


def test_output_is_kept_in_order(worker):
    """Output to stdout and stderr keeps its order."""
    ask(worker, "say", "one")
    ask(worker, "complain", "two")
    ask(worker, "say", "three")
    assert worker.printed == b"one\ntwo\nthree\n"


def test_output_is_capped(worker):
    """Only the beginning of the output is kept."""
    for _ in range(20):
        ask(worker, "say", "x" * 1000)
    assert len(worker.printed) == 4096
    assert worker.printed_bytes == 20 * 1001


def test_the_world_of_a_worker(worker):
    """A worker has empty input, a scratch folder, a clean environment and no grader descriptors."""
    assert ask(worker, "read").value == ""
    assert Path(ask(worker, "where").value).parent.name.startswith("grade-")
    assert ask(worker, "environment").value == [
        "CUDA_VISIBLE_DEVICES",
        "HOME",
        "LANG",
        "PATH",
        "TMPDIR",
    ]
    assert ask(worker, "modules").value == []
    assert len(ask(worker, "descriptors").value) == 4
    assert not any("/work/main" == entry for entry in ask(worker, "path").value)


def test_a_worker_without_a_driver_sees_no_gpu(worker):
    """A file that asks whether there is a GPU gets the same answer on every machine."""
    assert ask(worker, "gpus").value == ""


def test_memory_is_limited(worker):
    """An allocation beyond the limit fails in the worker only."""
    assert "can't allocate memory" in ask(worker, "memory").message


def test_an_error_bears_the_learners_line(worker):
    """An error gives the innermost line of the learner's code and the built-in base classes."""
    raised = ask(worker, "deep", 0)
    assert (raised.type, raised.line) == (
        "RecursionError",
        SOURCE.split("\n").index("def deep(n): return deep(n + 1)") + 1,
    )
    assert raised.bases[:2] == ["RecursionError", "RuntimeError"]


def test_an_unprintable_error(worker):
    """If an exception's message can't be built, it is replaced."""
    assert ask(worker, "unprintable").message == "(its message can't be printed: RuntimeError)"


def test_gradients(worker):
    """vjp returns the gradient or None, and refuses a result with a wrong shape."""
    gradient = ask(worker, "square", torch.tensor([1.0, 2.0]), mode="vjp", cotangent=torch.tensor(1.0))
    assert torch.equal(gradient.value, torch.tensor([2.0, 4.0]))
    wrong = ask(worker, "double", torch.ones(2), mode="vjp", cotangent=torch.ones(3))
    assert wrong == wire.Refused("a tensor of shape (2,) instead of (3,)")


def test_inputs_after(worker):
    """A function's changes to its inputs are returned."""
    assert torch.equal(ask(worker, "inplace", torch.ones(2), mode="inputs_after").value[0], torch.zeros(2))


def test_cost_and_operators(worker):
    """Torch's operators are counted and named."""
    assert ask(worker, "double", torch.ones(7), mode="cost").value == 7
    assert ask(worker, "double", torch.ones(7), mode="operators").value == ["mul"]


def test_transforms_and_libraries(server):
    """The length of each transform is reported, and NumPy's own computations are also counted."""
    source = """
import numpy, torch
def spectrum(x):
    return torch.fft.irfft(torch.fft.rfft(x, 12), 12) + torch.fft.fft2(x.reshape(2, 2)).real.sum()
def detour(x, h):
    return torch.from_numpy(numpy.convolve(x.numpy(), h.numpy()))
"""
    other = Worker.fork(server)
    load(other, source, "a.py", "cpu", seconds=10)
    assert ask(other, "spectrum", torch.ones(4), mode="transforms").value == [12, 4]
    assert "numpy.convolve" in ask(other, "detour", torch.ones(4), torch.ones(2), mode="operators").value
    other.close()


def test_global_state_stays_in_its_worker(server, worker):
    """A worker's changes to torch don't affect the next worker."""
    assert ask(worker, "default_dtype").value is True
    other = Worker.fork(server)
    source = "import torch\ndef dtype(): return str(torch.get_default_dtype())"
    load(other, source, "a.py", "cpu", seconds=10)
    assert ask(other, "dtype").value == "torch.float32"
    other.close()


def test_random_numbers_begin_alike(server):
    """Every worker draws the same random numbers."""
    source = "import torch, random, numpy\ndef draw(): return [torch.rand(1).item(), random.random(), float(numpy.random.rand())]"
    drawn = []
    for _ in range(2):
        worker = Worker.fork(server)
        load(worker, source, "a.py", "cpu", seconds=10)
        drawn.append(ask(worker, "draw").value)
        worker.close()
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("x = (", "SyntaxError", 1),
        ("import nothing_like_this", "ModuleNotFoundError", 1),
        ("\nraise SystemExit", "SystemExit", 2),
        ("x = '\\0'\n1/0", "ZeroDivisionError", 2),
    ],
)
def test_a_file_that_does_not_load(server, source, kind, line):
    """If a file doesn't load, the error contains the line."""
    worker = Worker.fork(server)
    reply = load(worker, source, "a.py", "cpu", seconds=10)
    assert (reply.type, reply.line) == (kind, line)
    worker.close()


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def descendants(pid):
    found = []
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        found += [child, *descendants(child)]
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children")
def test_nothing_is_left_behind():
    """After the zygote ends, no worker, process or scratch folder is left."""
    source = """
import os, time
def orphan():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    return os.getcwd()
"""
    with ZygoteClient.start(withheld=["namespaces"]) as server:
        worker = Worker.fork(server, isolation=Demand(withheld=KERNEL_LAYERS))
        load(worker, source, "a.py", "cpu", seconds=20)
        folder = Path(ask(worker, "orphan").value)
        left = descendants(server._process.pid)
        assert len(left) >= 2
    assert not [pid for pid in left if alive(pid)]
    assert not folder.parent.exists()
    worker.close()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's children")
def test_an_orphan_is_ended_with_its_worker():
    """A worker's leftover daemon ends with the worker, not with the run."""
    source = """
import os, time
def orphan():
    pid = os.fork()
    if pid == 0:
        time.sleep(600)
    return pid
"""
    with ZygoteClient.start(withheld=["namespaces"]) as server:
        worker = Worker.fork(server, isolation=Demand(withheld=KERNEL_LAYERS))
        load(worker, source, "a.py", "cpu", seconds=20)
        pid = ask(worker, "orphan").value
        assert alive(pid)
        worker.close()
        deadline = time.monotonic() + 5
        while alive(pid) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not alive(pid)


def test_a_lost_server_is_an_error_with_a_remedy():
    """If the zygote has ended, no new worker can start, and the error says what to do."""
    from grader.errors import GraderError

    server = ZygoteClient.start()
    Worker.fork(server).close()
    for pid in [*descendants(server._process.pid), server._process.pid]:
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(GraderError) as caught:
        Worker.fork(server)
    assert caught.value.slug == "fork-server"
    server.close()


def test_a_machine_without_a_temporary_folder_says_so(monkeypatch):
    """A full disk gives an error with a remedy, and no traceback."""

    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(GraderError) as caught:
        ZygoteClient.start()
    assert (caught.value.slug, caught.value.exit_code) == ("no-temporary-folder", 3)
    assert "TMPDIR" in caught.value.remedy


def test_a_machine_without_processes_says_so(monkeypatch):
    """If the zygote can't start, no connection stays open, and the error says what to do."""
    before = len(os.listdir("/dev/fd"))

    def none_left(*_, **__):
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", none_left)
    with pytest.raises(GraderError) as caught:
        ZygoteClient.start(withheld=["namespaces"])
    assert (caught.value.slug, caught.value.exit_code) == ("no-process", 3)
    assert "ulimit -u" in caught.value.expected
    assert len(os.listdir("/dev/fd")) == before


STARTS_THREADS = """
import threading
threading.stack_size(32 << 10)
gate = threading.Event()
def start(number):
    for _ in range(number):
        threading.Thread(target=gate.wait, daemon=True).start()
def go_on():
    while True:
        start(1)
"""


@pytest.mark.parametrize("call", [wire.Ask("start", "call", [2000], {}), wire.Ask("go_on", "call", [], {})])
def test_a_worker_has_so_many_threads(server, call):
    """A worker with too many threads is stopped, either before or after it answers.

    All workers share the machine's process limit.
    """
    worker = Worker.fork(server)
    load(worker, STARTS_THREADS)
    with pytest.raises(Died, match="forbidden.*more than 256 threads"):
        worker.ask(call, seconds=20)


def test_a_worker_may_have_some_threads(server):
    """A pool of threads is allowed."""
    worker = Worker.fork(server)
    load(worker, STARTS_THREADS)
    assert worker.ask(wire.Ask("start", "call", [100], {}), seconds=20) == wire.Returned(None)
    worker.close()


WRITES = """
def fill():
    for number in range(100):
        with open(f"{number}", "wb") as file:
            file.write(b"x" * (1 << 20))
def make():
    for number in range(10_000):
        open(f"{number}", "wb").close()
"""


@pytest.mark.parametrize("function", ["fill", "make"])
def test_a_worker_writes_to_no_room_but_its_own(server, function):
    """A worker can't use up the space or the number of files on a shared disk."""
    worker = Worker.fork(server)
    if "scratch" not in worker.confined().active:
        pytest.skip("no process may mount for itself here")
    load(worker, WRITES)
    reply = worker.ask(wire.Ask(function, "call", [], {}), seconds=20)
    assert (reply.type, reply.message.partition("]")[0]) == ("OSError", f"[Errno {errno.ENOSPC}")
    worker.close()


def test_a_worker_is_the_first_to_go(server):
    """When memory runs out, the kernel kills workers before the processes that grade."""
    worker = Worker.fork(server)
    pid = worker.confined() and worker.clock._pid
    assert Path(f"/proc/{pid}/oom_score_adj").read_text(encoding="ascii") == "1000\n"
    worker.close()


def test_what_killed_runs_left_is_removed(tmp_path, monkeypatch):
    """The next run removes folders left by killed runs, but not those of running or new runs."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, fresh = tmp_path / "grade-left", tmp_path / "grade-fresh"
    other = tmp_path / "grades"
    for folder in (left, fresh, other):
        folder.mkdir()
        (folder / "x").write_text("x", encoding="utf-8")
    running = zygote_client.Scratch()
    for folder in (left, other, Path(running.folder)):
        os.utime(folder, (0, 0))
    zygote_client.Scratch().remove()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["grade-fresh", "grades", Path(running.folder).name]
    )
    running.remove()
    running.remove()


@pytest.mark.parametrize(
    "reply",
    [
        wire.Raised("E" * 101, [], "", None),
        wire.Raised("E", ["B" * 101], "", None),
        wire.Raised("E", [], "m" * 2001, None),
        wire.Loaded(["f" * 101]),
        wire.Refused("x" * 2001),
    ],
)
def test_a_longer_name_than_a_worker_sends_is_no_reply(reply):
    """A worker truncates names and messages; a reply with longer ones is rejected."""
    with pytest.raises(Malformed):
        wire.decode_reply(wire.frame(reply)[HEADER:])


LOCKS = """
import fcntl, struct

WHOLE = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
OF_A_FILE = 37  # F_OFD_SETLK: two descriptors of one process would be in each other's way.


def lock_twice():
    with open("locked", "w") as one, open("locked", "w") as other:
        fcntl.lockf(one, fcntl.LOCK_EX)
        for file in (one, other):
            fcntl.fcntl(file, OF_A_FILE, WHOLE)
    return True
"""


def test_locks_take_no_memory_of_the_kernels(server):
    """A call that takes a lock succeeds without locking anything.

    Workers don't need locks, and real ones could use unlimited kernel memory.
    """
    worker = Worker.fork(server)
    if "seccomp" not in worker.confined().active:
        pytest.skip("there is no filter of system calls here")
    load(worker, LOCKS)
    reply = worker.ask(wire.Ask("lock_twice", "call", [], {}), seconds=20)
    worker.close()
    assert reply == wire.Returned(True)
