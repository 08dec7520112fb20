"""What a process that begins accepts, and one that is warm or confined would refuse.

None of it changes an answer: how many threads compute, and how soon the kernel lets them. So it does nothing
here, in place of an exception that would read as the learner's mistake.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import torch

# Calls that a process may want for itself, and which argument says for whom.
OF_ITSELF = {"sched_setaffinity": 0, "sched_setscheduler": 0, "setpriority": 1}


def restore() -> None:
    """Let a submission ask for what it could ask of a process of its own."""
    # https://docs.pytorch.org/docs/stable/generated/torch.set_num_interop_threads.html: only before the
    # first operators between threads, and those the zygote has run.
    setattr(torch, "set_num_interop_threads", _interop_threads)  # noqa: B010 - mypy knows its parameter
    for name, place in OF_ITSELF.items():
        # macOS has only some of them.
        if hasattr(os, name):
            setattr(os, name, _of_itself(getattr(os, name), place))
    os.nice = _nice
    # The system's own tables lie where nothing may be read.
    mimetypes.knownfiles.clear()


def _interop_threads(count: int) -> None:
    """Check the number as torch does, and leave it."""
    if not isinstance(count, int):
        raise TypeError(f"set_num_interop_threads expects an int, but got {type(count).__name__}")
    if count <= 0:
        raise RuntimeError("Expected positive number of threads")


def _of_itself(call: Callable[..., Any], place: int) -> Callable[..., Any]:
    """Return the call as one that does nothing to the process itself, and to another what it always did."""

    @wraps(call)
    def asked(*arguments: Any) -> Any:
        if len(arguments) > place and arguments[place] in {0, os.getpid()}:
            return None
        return call(*arguments)

    return asked


def _nice(increment: int) -> int:
    """Return what was asked for: the priority is nobody's but the kernel's."""
    return increment
