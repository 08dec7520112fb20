"""Accepts calls that work in a new process but would fail in a warm or confined one.

These calls set the number and the priority of threads, so they don't change an answer. Here they do
nothing, because an exception would look like the learner's mistake.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import torch

# Calls that a process may make for itself, and the argument that names the process.
OF_ITSELF = {"sched_setaffinity": 0, "sched_setscheduler": 0, "setpriority": 1}


def restore() -> None:
    """Let a submission make the calls that it could make in a new process of its own."""
    # https://docs.pytorch.org/docs/stable/generated/torch.set_num_interop_threads.html: allowed only before
    # the first inter-op work, which the zygote has done.
    setattr(torch, "set_num_interop_threads", _interop_threads)  # noqa: B010 - mypy knows its parameter
    for name, place in OF_ITSELF.items():
        # macOS has only some of them.
        if hasattr(os, name):
            setattr(os, name, _of_itself(getattr(os, name), place))
    os.nice = _nice
    # The system's tables can't be read here.
    mimetypes.knownfiles.clear()


def _interop_threads(count: int) -> None:
    """Check the number as torch does, and ignore it."""
    if not isinstance(count, int):
        raise TypeError(f"set_num_interop_threads expects an int, but got {type(count).__name__}")
    if count <= 0:
        raise RuntimeError("Expected positive number of threads")


def _of_itself(call: Callable[..., Any], place: int) -> Callable[..., Any]:
    """Wrap a call so that it has no effect on this process and its usual effect on others."""

    @wraps(call)
    def asked(*arguments: Any) -> Any:
        if len(arguments) > place and arguments[place] in {0, os.getpid()}:
            return None
        return call(*arguments)

    return asked


def _nice(increment: int) -> int:
    """Return the requested value without changing the priority."""
    return increment
