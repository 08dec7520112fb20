"""The sentences about a measurement, for the terminal and the page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

from grader.errors import legible_name
from grader.measure_model import Contender, MeasuredPoint, Measurement
from grader.reports import growth, measure_units
from grader.reports.growth import Crossover

Looks = TypeVar("Looks")

SPEED_NOTE = "FLOP/s: the operations of the definition in each second. A faster algorithm needs fewer."
# A table with more rows is harder to read than the plot.
MOST_ROWS = 10
LONGEST_NAME = 40


def name(contender: Contender) -> str:
    """Return a contender's name on one line, without characters that a terminal obeys."""
    return _short(contender.name)


def doubt(measurement: Measurement) -> str:
    """Return why the times may mean nothing, or "" if the result is the reference's."""
    if measurement.compared is None:
        return "not compared with the reference: the result may be wrong, and then these times mean nothing"
    if measurement.agrees:
        return ""
    return (
        f"wrong at n = {measurement.compared}: your result differs from the reference, "
        "so these times mean nothing"
    )


def summary(contender: Contender, operations: Mapping[int, float]) -> str:
    """Return how time and memory of a contender grow, and its speed."""
    if not contender.points:
        return "not measured"
    parts = [
        _growth(contender.points),
        growth.memory_formula(contender.points),
        growth.speed(contender, operations),
    ]
    return ", ".join(one for one in parts if one)


def remarks(measurement: Measurement) -> list[str]:
    """Return what else the numbers show: crossovers, equal pairs, scatter, advice, and where one stopped."""
    found = [
        f"from about n = {one.size} on, {_short(one.faster)} is faster than {_short(one.slower)}"
        for one in _told_crossovers(measurement)
    ]
    for pair in growth.equally_fast(measurement):
        where = "at each size" if pair.size is None else f"from n = {pair.size} on"
        found.append(f"{_short(pair.one)} and {_short(pair.other)} are equally fast {where}")
    notes: dict[str, list[str]] = {}
    for one in measurement.contenders:
        for note in (growth.noisy(one), growth.advice(one, measurement.operations), _stopped(one)):
            notes.setdefault(note, []).append(name(one))
    return [*found, *(f"{', '.join(names)}: {note}" for note, names in notes.items() if note)]


def cycled(looks: Sequence[Looks], number: int) -> Looks:
    """Return the look of a contender. If there are too few looks, only the first contender's stays unique."""
    return looks[number if number < len(looks) else 1 + (number - 1) % (len(looks) - 1)]


def has_speeds(measurement: Measurement) -> bool:
    """Return whether a summary shows a speed, which needs a note."""
    return any(growth.speed(one, measurement.operations) for one in measurement.contenders)


def sizes(measurement: Measurement, most: int | None = None) -> list[int]:
    """Return the sizes of all points, or at most that many of them: both ends, and equal steps between."""
    known = sorted({point.size for one in measurement.contenders for point in one.points})
    if most is None or len(known) <= most:
        return known
    step = math.ceil((len(known) - 1) / (most - 1))
    chosen = known[::-1][::step][::-1]
    return chosen if chosen[0] == known[0] else [known[0], *chosen]


def at(measurement: Measurement, size: int) -> list[MeasuredPoint | None]:
    """Return each contender's point at a size."""
    return [
        next((point for point in one.points if point.size == size), None) for one in measurement.contenders
    ]


def fastest(points: Sequence[MeasuredPoint | None]) -> list[bool]:
    """Return which points are the fastest one, or equal to it. A single point isn't compared."""
    known = [one for one in points if one is not None]
    if len(known) < 2:
        return [False] * len(points)
    best = min(known, key=lambda one: one.seconds)
    return [one is not None and (growth.equal(one, best) or _looks_equal(one, best)) for one in points]


def _told_crossovers(measurement: Measurement) -> list[Crossover]:
    """Return the crossovers with yours. Without any, those of the others: they show what to look for."""
    own = {one.name for one in measurement.contenders if one.kind == "yours"}
    found = growth.crossovers(measurement)
    return [one for one in found if own & {one.faster, one.slower}] or found


def _looks_equal(one: MeasuredPoint, other: MeasuredPoint) -> bool:
    """Return whether two times print the same: then none of them may look faster."""
    return measure_units.time(one.seconds) == measure_units.time(other.seconds)


def _short(text: str) -> str:
    whole = legible_name(text)
    return whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 3].rstrip()}..."


def _growth(points: Sequence[MeasuredPoint]) -> str:
    power = growth.exponent(points)
    if power is None or round(power, 1) <= 0:
        last = points[-1]
        return f"takes {measure_units.time(last.seconds)} at n = {last.size}"
    return f"grows like {growth.raised(power)}"


def _stopped(contender: Contender) -> str:
    if not contender.stopped:
        return ""
    reason = legible_name(contender.stopped)
    return f"no size above n = {contender.points[-1].size}: {reason}" if contender.points else reason
