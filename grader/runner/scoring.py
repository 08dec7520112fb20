"""Points: what a property is worth, and what it earns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import pytest

from grader.report_model import Property, Verdict

T = TypeVar("T")


def points(value: float, *, hidden: bool = False) -> Callable[[T], T]:
    """Return a decorator that says what a property is worth.

    A hidden one is judged like any other, but isn't handed out with the exercise.
    """
    if not value > 0:
        raise ValueError(f"points({value!r}): a property is worth more than nothing; leave it out instead")
    return cast("Callable[[T], T]", pytest.mark.points(value, hidden=hidden))


def points_of(item: pytest.Item) -> float:
    """Return what a property is worth: one point unless it says otherwise."""
    marker = item.get_closest_marker("points")
    return float(marker.args[0]) if marker else 1.0


def is_hidden(item: pytest.Item) -> bool:
    """Say whether a property is kept from learners."""
    marker = item.get_closest_marker("points")
    return bool(marker.kwargs.get("hidden")) if marker else False


def status_of(properties: Sequence[Property]) -> Verdict:
    """Return an exercise's verdict: met when all is met, not judged when nothing was."""
    verdicts = {one.verdict for one in properties}
    if "not met" in verdicts:
        return "not met"
    return "met" if verdicts == {"met"} else "not judged"


def total(values: Sequence[float]) -> float:
    """Return a sum of points without the dust of binary fractions."""
    return round(sum(values), 6)


def exit_code(statuses: Sequence[Any]) -> int:
    """Return 0 when every exercise is met, else 1."""
    return 0 if statuses and all(status == "met" for status in statuses) else 1
