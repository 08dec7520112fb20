"""Tries a property on an additional device, with some of the cases that passed on the first device.

The first device decides whether the answer is correct. An additional device only tests the device
handling, with the same cases, smallest first. If the answer is already wrong, no cases are tried.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import wraps
from typing import Any

import numpy as np
import pytest
from hypothesis.errors import UnsatisfiedAssumption
from hypothesis.strategies import DataObject
from torch import Tensor

from grader.report_model import Property
from grader.runner.call_log import CallLog, Case
from grader.runner.verdicts import Ruling

CASES = 10


class First:
    """The results of a session's properties on their first device, and the cases they tried."""

    def __init__(self) -> None:
        """Start without results."""
        self._found: dict[tuple[str, str], Property] = {}
        self._tried: dict[tuple[str, str], CallLog] = {}

    def open(self, exercise: str, name: str, call_log: CallLog) -> None:
        """Keep a property's call log, unless an earlier device has one."""
        self._tried.setdefault((exercise, name), call_log)

    def note(self, exercise: str, found: Property) -> None:
        """Keep a property's result, unless an earlier device has one."""
        self._found.setdefault((exercise, found.id), found)

    def settles(self, exercise: str, name: str, device: str) -> Ruling | None:
        """Return the ruling for an additional device if the property isn't met on the first, else None."""
        first = self._found.get((exercise, name))
        if first is None or first.device == device or first.verdict == "met":
            return None
        reason = f"wrong on {first.device}: fix that first" if first.verdict == "not met" else first.reason
        return Ruling("not judged", reason=reason, keeps_points=first.max_points > 0)

    def again(self, item: pytest.Item, exercise: str, name: str) -> None:
        """Make a property that draws cases try some of the first device's cases instead."""
        function: Any = getattr(item, "obj", None)
        if not isinstance(item, pytest.Function) or not hasattr(function, "hypothesis"):
            return

        @wraps(function)
        def repeated(**fixtures: Any) -> None:
            cases = some(self._tried[exercise, name].cases)
            if any(isinstance(value, DataObject) for case in cases for value in case.inputs.values()):
                # Values drawn inside the property can't be passed to it.
                function(**fixtures)
                return
            for case in cases:
                with contextlib.suppress(UnsatisfiedAssumption):
                    function.hypothesis.inner_test(**fixtures, **case.inputs)

        item.obj = repeated


def some(cases: Sequence[Case], most: int = CASES) -> list[Case]:
    """Return some cases that made calls, smallest first: one of each kind, and others of all sizes."""
    asked = sorted((one for one in cases if one.exchanges), key=_size)
    first: dict[str, int] = {}
    for place, one in enumerate(asked):
        first.setdefault(_kind(one), place)
    chosen = sorted(first.values())[:most]
    others = [place for place in range(len(asked)) if place not in chosen]
    chosen += _spread(others, most - len(chosen))
    return [asked[place] for place in sorted(chosen)]


def _spread(places: list[int], most: int) -> list[int]:
    """Return evenly spaced indices, including the last."""
    count = min(most, len(places))
    return [places[(step + 1) * len(places) // count - 1] for step in range(count)]


def _kind(case: Case) -> str:
    """Return a case's kind: its inputs' names, dtypes, dimensions, strings and booleans."""
    return "; ".join(f"{name}: {_kind_of(value)}" for name, value in sorted(case.inputs.items()))


def _kind_of(value: Any) -> str:
    if isinstance(value, Tensor | np.ndarray):
        return f"{value.dtype} {value.ndim}"
    measured = isinstance(value, int | float | list | tuple) and not isinstance(value, bool)
    return type(value).__name__ if measured else str(value)


def _size(case: Case) -> int:
    """Count the numbers in a case."""
    return sum(_numbers(list(case.inputs.values())))


def _numbers(values: Sequence[Any]) -> Iterator[int]:
    for value in values:
        if isinstance(value, Tensor):
            yield value.numel()
        elif isinstance(value, np.ndarray):
            yield value.size
        elif isinstance(value, list | tuple):
            yield from _numbers(value)
        else:
            yield abs(value) if isinstance(value, int) else 1
