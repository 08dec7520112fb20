"""End a command with an exit code and never with a traceback."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable

from grader import INTERRUPTED
from grader.errors import GraderError, unexpected

# The exit code after SIGPIPE, as shells report it.
UNREAD = 141


def run(command: Callable[[], int]) -> int:
    """Run a command and return its exit code."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code = _answered(command)
        # When the interpreter exits, it is too late to report a failed write.
        sys.stdout.flush()
    except KeyboardInterrupt:
        return stopped()
    except BrokenPipeError as error:
        if not _is_unread():
            return _told(unexpected(error))
        _silence()
        return UNREAD
    return code


def _answered(command: Callable[[], int]) -> int:
    try:
        return command()
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the user must see any error
        return _told(unexpected(error))


def _told(error: GraderError) -> int:
    sys.stderr.write(f"{error}\n")
    sys.stderr.flush()
    return error.exit_code


def stopped() -> int:
    """Print that the command was stopped and return the exit code. Ignore a second Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stderr.write("stopped\n")
    return INTERRUPTED


def _is_unread() -> bool:
    """Return whether standard output or standard error is a pipe without a reader."""
    poll = select.poll()
    for stream in (sys.stdout, sys.stderr):
        poll.register(stream, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def _silence() -> None:
    """Discard pending output, because Python would otherwise complain when it flushes its streams at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
