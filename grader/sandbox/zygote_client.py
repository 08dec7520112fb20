"""Client of the zygote. Does not import torch."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

import msgspec

from grader.errors import GraderError
from grader.sandbox import namespaces

PATIENCE = 5.0
SCRATCH = "grade-"
Made = TypeVar("Made")
# Seconds in which a new folder gets its lock.
JUST_NOW = 60.0


@dataclass(frozen=True)
class Demand:
    """The required isolation of workers. `withheld` layers are disabled, for testing."""

    required: str = "process"
    withheld: tuple[str, ...] = ()


class Spawn(msgspec.Struct, frozen=True):
    """A request, sent with descriptors: fork a worker, fork the runner, or serve one more client.

    `import` instead loads the modules that torch and SciPy import at a first call, so that later forks
    have them.
    """

    op: Literal["worker", "runner", "adopt", "import"]
    entry: str = ""
    device: str = "cpu"
    required: str = "process"
    withheld: tuple[str, ...] = ()


class Scratch:
    """A folder for the files of one run's workers. It is locked while the run is active."""

    def __init__(self) -> None:
        """Create the folder, and remove folders that killed runs have left behind."""
        import fcntl  # noqa: PLC0415 - Windows lacks it; `start` reports that

        self.folder = tempfile.mkdtemp(prefix=SCRATCH)
        self._lock = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        for other in Path(self.folder).parent.glob(f"{SCRATCH}*"):
            if other != Path(self.folder) and _is_abandoned(other):
                shutil.rmtree(other, ignore_errors=True)

    def remove(self) -> None:
        """Remove the folder, if the zygote hasn't."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _is_abandoned(folder: Path) -> bool:
    """Return whether a run's folder is unlocked. Skip very new folders, which may not be locked yet."""
    import fcntl  # noqa: PLC0415 - as above

    try:
        if folder.is_symlink() or time.time() - folder.stat().st_mtime < JUST_NOW:
            return False
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


class ZygoteClient:
    """A connection to a zygote. This object may have started it."""

    def __init__(
        self,
        connection: socket.socket,
        process: subprocess.Popen[bytes] | None = None,
        scratch: Scratch | None = None,
    ) -> None:
        """Take over a connection. `process` and `scratch` belong to a zygote that we started."""
        self._scratch = scratch
        self._connection = connection
        self._process = process
        self._warm = process is None

    @classmethod
    def start(cls, *, withheld: Collection[str] = (), lasting: bool = False) -> Self:
        """Start a zygote, in namespaces if possible. It warms up while the caller continues.

        A `lasting` zygote takes a little longer to start, but each of its forks is faster.
        """
        if os.name != "posix":
            raise GraderError(
                "no-fork",
                found=f"{sys.platform} can't fork processes",
                where="the zygote",
                expected="Linux, or macOS at the tier `process`",
                remedy="on Windows run the grader in WSL 2",
            )
        try:
            return cls._started(withheld, lasting=lasting)
        except OSError as error:
            raise GraderError(
                "no-process",
                found=f"this machine can't start a new process ({error.strerror or error})",
                where="the start of the zygote",
                expected="room for a few processes and open files (`ulimit -u`, `ulimit -n`)",
                remedy="raise that limit or end other processes, and run again",
            ) from None

    @classmethod
    def _started(cls, withheld: Collection[str], *, lasting: bool) -> Self:
        with contextlib.ExitStack() as begun:
            ours, theirs = socket.socketpair()
            begun.enter_context(ours)
            begun.enter_context(theirs)
            around = _in_temporary_folder(tempfile.gettempdir)
            before, why_not = ([], "") if "namespaces" in withheld else namespaces.wrapper(around)
            # As late as possible: until the zygote runs, a killed command leaves the folder behind.
            scratch = _in_temporary_folder(Scratch)
            begun.callback(scratch.remove)
            folder = scratch.folder
            command = [sys.executable, "-I", "-X", "utf8", "-m", "grader.sandbox.zygote"]
            with theirs, _uninterrupted():
                process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [*before, *command, str(theirs.fileno()), folder, namespaces.own(), why_not]
                    + ["lasting"] * lasting,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    env=_clean_environment() | {"TMPDIR": folder},
                    cwd="/",
                    start_new_session=True,
                )
                begun.callback(_kill, process)
            begun.pop_all()
        return cls(ours, process, scratch)

    def adopt(self, connection: socket.socket) -> None:
        """Make the zygote answer one more client."""
        self._spawn(Spawn("adopt"), [connection.fileno()])

    def runner(self, entry: str, *connections: socket.socket) -> int:
        """Fork a trusted process that runs `module:function` on these connections."""
        return self._spawn(Spawn("runner", entry=entry), [c.fileno() for c in connections])

    def fork_worker(self, descriptors: list[int], *, device: str, isolation: Demand) -> int:
        """Fork a worker with these descriptors: its wire, its control connection and its output."""
        request = Spawn("worker", device=device, required=isolation.required, withheld=isolation.withheld)
        return self._spawn(request, descriptors)

    def import_the_rest(self) -> None:
        """Make the zygote import the modules that libraries load at a first call. This saves workers time."""
        self._spawn(Spawn("import"), [])

    def close(self) -> None:
        """Close the connection. The zygote then ends what it started."""
        self._connection.close()
        if self._process is not None:
            if not self._warm:
                # While it imports torch it reads nothing, and it has started nothing yet.
                _kill(self._process)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._scratch is not None:
            # The zygote removes it. This is for a zygote that was killed.
            self._scratch.remove()

    def __enter__(self) -> Self:
        """Return this object. The `with` statement closes it at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def _spawn(self, request: Spawn, descriptors: list[int]) -> int:
        try:
            if not self._warm:
                self._warm = self._connection.recv(1) == b"+"
                if not self._warm:
                    raise _server_lost()
            socket.send_fds(self._connection, [msgspec.msgpack.encode(request)], descriptors)
            answer = self._connection.recv(8)
        except OSError:
            raise _server_lost() from None
        if answer == b"-":
            raise GraderError(
                "no-process",
                found="this machine can't start a new process",
                where="the zygote",
                expected="room for a few processes (`ulimit -u`, a container's pids limit)",
                remedy="raise that limit or end other processes, and run again",
            )
        if not answer:
            raise _server_lost()
        return int.from_bytes(answer, "big")


def _in_temporary_folder(make: Callable[[], Made]) -> Made:
    """Create something in the folder for temporary files. Raise GraderError if that fails."""
    try:
        return make()
    except OSError as error:
        raise GraderError(
            "no-temporary-folder",
            found=f"can't create a temporary folder ({error.strerror or error})",
            where=os.environ.get("TMPDIR") or "the system's folder of temporary files",
            expected="a writable folder with some free space",
            remedy="free some space, or set TMPDIR to another folder",
        ) from None


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay Ctrl-C until this block ends, when the processes that it started are known and can be killed."""
    handler = signal.getsignal(signal.SIGINT)
    # Only the main thread is interrupted, and only it may set a handler.
    if not callable(handler) or threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if pressed:
            signal.raise_signal(signal.SIGINT)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a zygote with its process group, and wait until it ends."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _server_lost() -> GraderError:
    return GraderError(
        "fork-server",
        found="the zygote is gone",
        where="the process that imports torch and forks the workers",
        expected="a process that lives as long as the run",
        remedy="run `grade doctor`: its first lines say whether torch can be imported here",
    )


def _clean_environment() -> dict[str, str]:
    kept = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "SYSTEMROOT")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return environment | {"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
