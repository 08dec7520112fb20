"""Makes the work of other threads as visible as the work of the called thread.

A mode of torch's dispatcher applies only to the thread that enters it. The same is true for a profile
function of the interpreter. So each thread of a submission enters a mode that forwards to the current
watcher, if any.
"""

from __future__ import annotations

import _thread
import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial, wraps
from types import FrameType
from typing import Any

from torch.utils._python_dispatch import TorchDispatchMode

# Python's functions that start a thread, under the names of different versions.
BEGINNINGS = ("start_new_thread", "start_new", "start_joinable_thread")
Profile = Callable[[FrameType, str, Any], None]

_watching: list[tuple[Any, Profile | None]] = []


class _Relay(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Forwards each operator of a thread to the current watching mode."""


def _relayed(
    self: _Relay, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
) -> Any:
    del self
    if not _watching:
        return func(*args, **(kwargs or {}))
    mode, _ = _watching[-1]
    return mode.__torch_dispatch__(func, types, args, kwargs or {})


# Not a method of the class, for the reason that `instrumentation` gives.
_Relay.__torch_dispatch__ = _relayed  # type: ignore[method-assign,assignment]


def install() -> None:
    """Make each thread that starts from now on forward its work."""
    for name in BEGINNINGS:
        for module, known_as in ((_thread, name), (threading, f"_{name}")):
            if (begin := getattr(module, known_as, None)) is not None:
                setattr(module, known_as, _handing_on(begin))


def _handing_on(begin: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(begin)
    def begun(function: Callable[..., Any], *rest: Any, **named: Any) -> Any:
        return begin(partial(_run, function), *rest, **named)

    return begun


def _run(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    if _watching and (profile := _watching[-1][1]) is not None:
        sys.setprofile(profile)
    with _Relay():  # type: ignore[no-untyped-call]
        return function(*args, **kwargs)


@contextlib.contextmanager
def watched(mode: TorchDispatchMode, profile: Profile | None = None) -> Iterator[None]:
    """Let a mode, and a profile function, see the work of all threads."""
    _watching.append((mode, profile))
    # Python 3.12 and later also reach existing threads.
    everywhere = getattr(threading, "setprofile_all_threads", sys.setprofile)
    if profile is not None:
        everywhere(profile)
    try:
        with mode:
            yield
    finally:
        _watching.pop()
        if profile is not None:
            everywhere(None)
