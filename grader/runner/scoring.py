"""A property's points, and the totals and verdict of an exercise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import pytest

from grader.report_model import Property, Verdict

T = TypeVar("T")


def points(value: float, *, hidden: bool = False) -> Callable[[T], T]:
    """Return a decorator that sets the points of a property.

    A hidden property is graded like any other, but isn't handed out with the exercise.
    """
    if not value > 0:
        raise ValueError(f"points({value!r}): a test must be worth more than 0 points; otherwise remove it")
    return cast("Callable[[T], T]", pytest.mark.points(value, hidden=hidden))


def points_of(item: pytest.Item) -> float:
    """Return the points of a property, by default 1."""
    marker = item.get_closest_marker("points")
    return float(marker.args[0]) if marker else 1.0


def is_hidden(item: pytest.Item) -> bool:
    """Return whether a property is hidden from learners."""
    marker = item.get_closest_marker("points")
    return bool(marker.kwargs.get("hidden")) if marker else False


def status_of(properties: Sequence[Property]) -> Verdict:
    """Return an exercise's verdict: not met if any property is not met, met if all are, else not judged."""
    verdicts = {one.verdict for one in properties}
    if "not met" in verdicts:
        return "not met"
    return "met" if verdicts == {"met"} else "not judged"


def total(values: Sequence[float]) -> float:
    """Return a sum of points, rounded to hide floating-point errors."""
    return round(sum(values), 6)


def exit_code(statuses: Sequence[Any]) -> int:
    """Return 0 if every exercise is met, else 1."""
    return 0 if statuses and all(status == "met" for status in statuses) else 1
