"""Test the zygote's start and its behaviour on a machine without free resources."""

import errno
import os
import signal
import socket
import subprocess
import tempfile

import msgspec
import pytest

from grader.sandbox import children
from grader.sandbox import zygote as servers
from grader.sandbox.zygote_client import Spawn, ZygoteClient


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """A zygote in this process, and a function that returns its reply to a request for a worker."""
    monkeypatch.setattr(servers.signal, "set_wakeup_fd", lambda *_, **__: -1)
    monkeypatch.setattr(servers.signal, "signal", lambda *_: None)
    monkeypatch.setattr(children.processes, "adopt_orphans", lambda: None)
    first, client = socket.socketpair()
    server = servers.Server(first, str(tmp_path))

    def ask():
        ends = [socket.socketpair() for _ in range(3)]
        request = msgspec.msgpack.encode(Spawn("worker"))
        socket.send_fds(client, [request], [theirs.fileno() for _, theirs in ends])
        went_on = server._answer(first)
        for ours, theirs in ends:
            ours.close()
            theirs.close()
        return went_on, client.recv(8)

    yield ask
    for each in (first, client, server._bell, server._bell_rope):
        each.close()
    server._selector.close()


def open_files():
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("lacking", ["processes", "folders"])
def test_a_machine_without_room_ends_no_server(asked, monkeypatch, tmp_path, lacking):
    """If no process can be started, the client is told.

    No descriptor is closed twice or left open, and no folder is left.
    """

    def refuse(*_, **__):
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(
        *((children.processes, "fork") if lacking == "processes" else (children.tempfile, "mkdtemp")), refuse
    )
    before = open_files()
    for _ in range(3):
        assert asked() == (True, b"-")
    assert open_files() == before
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_it_starts_leaves_no_process(monkeypatch, tmp_path):
    """An interrupt during a process's start takes effect only after it has started.

    Then the process is killed and its folder removed.
    """
    begun = []

    class Interrupted(subprocess.Popen):
        def __init__(self, command, **options):
            super().__init__(command, **options)
            if "pass_fds" in options:
                begun.append(self)
                signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        ZygoteClient.start()
    assert [process.returncode for process in begun] == [-signal.SIGKILL]
    assert list(tmp_path.iterdir()) == []
