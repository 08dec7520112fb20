"""The zygote: imports torch once, and forks every worker.

It is started as `python -I -m grader.sandbox.zygote FD` with a clean environment. It never receives
a reference, a seed or the path of a report, so a worker can't inherit them.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sys

import msgspec
import numpy as np
import torch

from grader.sandbox import huge_pages, instrumentation, namespaces, processes, worker
from grader.sandbox.children import Ward, Wards, clear
from grader.sandbox.zygote_client import Spawn

MAX_DESCRIPTORS = 8
MAX_MESSAGE = 1 << 16
# torch and SciPy import these at a first call. That takes as long as importing torch, and few need it.
LATE = ("torch._dynamo", "torch.func", "scipy.signal", "scipy.ndimage", "scipy.sparse.linalg")


def warm(outer: str = "") -> None:
    """Run the operations that every submission uses, so that no worker spends time on their first use.

    `outer` is empty if the zygote runs in its own namespaces, else the reason why it doesn't.
    """
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    # Every worker begins with the same random numbers.
    torch.manual_seed(0)
    np.random.seed(0)  # noqa: NPY002 - submissions use the legacy generator
    # No backward pass: autograd starts its threads at the first one, and a fork would not have them.
    kernel = torch.ones(2, 2)
    torch.nn.functional.conv2d(torch.ones(1, 1, 3, 3), kernel[None, None])
    torch.nn.functional.conv1d(torch.ones(1, 1, 3), torch.ones(1, 1, 2))
    torch.fft.irfft(torch.fft.rfft(kernel[0]) * 2, 2)
    instrumentation.run("cost", torch.mv, [kernel, kernel[0]], {}, None)
    (kernel @ kernel).numpy(force=True)
    worker.prepare(outer)
    gc.collect()
    # Without this, the first garbage collection in each child copies all of torch's objects.
    gc.freeze()


def import_the_rest() -> None:
    """Import the libraries that a first call may import. They start no threads, which a fork would lose."""
    for name in LATE:
        # SciPy may be missing or not fit. A submission that imports it gets the error itself.
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


class Server:
    """Answers fork requests until its first client is gone. Then it cleans up."""

    def __init__(self, first: socket.socket, scratch: str) -> None:
        """Listen to the first client and to ended children. Workers' folders are created in `scratch`."""
        self._first = first
        self._scratch = scratch
        self._wards = Wards(self._scratch)
        self._selector = selectors.DefaultSelector()
        self._selector.register(first, selectors.EVENT_READ)
        self._bell, bell = socket.socketpair()
        self._bell.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        bell.setblocking(False)  # noqa: FBT003
        signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._bell_rope = bell

    def serve(self) -> None:
        """Serve until the first client closes its connection."""
        try:
            while self._first.fileno() >= 0:
                for key, _ in self._selector.select():
                    self._attend(key)
                for ward in self._wards.collect():
                    self._forget(ward.control)
        finally:
            signal.set_wakeup_fd(-1)
            self._wards.finish()
            clear(self._scratch)

    def _attend(self, key: selectors.SelectorKey) -> None:
        connection = key.fileobj
        assert isinstance(connection, socket.socket)
        if connection is self._bell:
            connection.recv(MAX_MESSAGE)
        elif isinstance(key.data, Ward):
            # Data or the end of the stream: both mean that the runner is done with this worker.
            self._selector.unregister(connection)
            self._wards.end(key.data)
        elif not self._answer(connection):
            self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        if connection.fileno() in self._selector.get_map():
            self._selector.unregister(connection)
        connection.close()

    def _answer(self, connection: socket.socket) -> bool:
        try:
            body, descriptors, _, _ = socket.recv_fds(connection, MAX_MESSAGE, MAX_DESCRIPTORS)
        except OSError:
            return False
        if not body:
            return False
        request = msgspec.msgpack.decode(body, type=Spawn)
        try:
            connection.send(self._spawn(request, descriptors).to_bytes(8, "big"))
        except OSError:
            # No process, no descriptor or no room for the folder. Tell the client, if it is still there.
            with contextlib.suppress(OSError):
                connection.send(b"-")
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return True

    def _spawn(self, request: Spawn, descriptors: list[int]) -> int:
        if request.op == "adopt":
            self._selector.register(socket.socket(fileno=descriptors.pop()), selectors.EVENT_READ)
            return 0
        if request.op == "import":
            import_the_rest()
            return 0
        if request.op == "runner":
            pid = processes.fork(lambda: _become_runner(request.entry, descriptors))
            self._wards.admit_near(pid)
            return pid
        # The socket now owns the descriptor. Closing it twice could close another one.
        control = socket.socket(fileno=descriptors.pop(1))
        connection, output = descriptors
        try:
            ward = self._wards.admit(control, lambda folder: worker.main(connection, output, folder, request))
        except OSError:
            control.close()
            raise
        self._selector.register(ward.control, selectors.EVENT_READ, ward)
        return ward.pid


def _become_runner(entry: str, descriptors: list[int]) -> None:
    processes.reset_signals()
    processes.die_with_parent()
    processes.close_all_but(0, 1, 2, *descriptors)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, _, function = entry.partition(":")
    getattr(importlib.import_module(module), function)(*(socket.socket(fileno=fd) for fd in descriptors))


def main() -> None:
    """Warm up, report that, and serve."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    # The zygote ends when its first client does, and cleans up first. No signal may prevent that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _, _, scratch, outside, why_not, *lasting = sys.argv
    warm("" if outside != namespaces.own() else why_not)
    if lasting:
        huge_pages.collapse()
    try:
        connection.send(b"+")
    except BrokenPipeError:
        # The client went away while torch was imported.
        clear(scratch)
        return
    Server(connection, scratch).serve()


if __name__ == "__main__":
    # The module that runs and the one that others import must be the same.
    importlib.import_module("grader.sandbox.zygote").main()
