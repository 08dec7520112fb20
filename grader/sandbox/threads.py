"""What a function leaves to other threads is seen like what it does itself.

A mode of torch's dispatcher holds for the thread that enters it, and so does a profile function of the
interpreter. So each thread of a submission enters a mode that hands on to whoever watches, if somebody does.
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

# Python's ways to begin a thread, as it names them from version to version.
BEGINNINGS = ("start_new_thread", "start_new", "start_joinable_thread")
Profile = Callable[[FrameType, str, Any], None]

_watching: list[tuple[Any, Profile | None]] = []


class _Relay(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Hands each operator of a thread to the mode that watches now."""


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
    """Have each thread that begins from now on hand on what it does."""
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
    """Have a mode, and a profile function, see what all threads do meanwhile."""
    _watching.append((mode, profile))
    # Threads that are there already: Python 3.12 and later can reach them.
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
