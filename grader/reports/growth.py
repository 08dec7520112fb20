"""What the points of a measurement show: how time and memory grow, and who is faster from which size on."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from grader.measure_model import Contender, MeasuredPoint, Measurement
from grader.reports import measure_units

Quantity = Literal["seconds", "held"]
# A slope or a constant needs this many points.
LEAST_POINTS = 3
# Values that differ by less than this are nearly constant.
NEARLY = 1.3
POWERS = (1.0, 1.5, 2.0)
NEAR_POWER = 0.15
NOISY_SPREAD = 0.3
# The seconds of one step of a loop in Python: less is not Python, more is not only the step.
STEP = (0.2e-6, 50e-6)
# A call that takes longer than this does more than call torch.
LONGEST_CALL = 1e-3


@dataclass(frozen=True)
class Crossover:
    """The size from which one contender is faster than another one, as far as both were measured."""

    size: int
    faster: str
    slower: str


@dataclass(frozen=True)
class EquallyFast:
    """Two contenders that are equally fast from a size on. `size` is None for all sizes."""

    size: int | None
    one: str
    other: str


def exponent(points: Sequence[MeasuredPoint], of: Quantity = "seconds") -> float | None:
    """Return p if the values grow like n^p in the upper half of the sizes, or None with too few points."""
    top = _top(points, of)
    # Over a smaller range, the scatter of the points decides the slope.
    if len(top) < LEAST_POINTS or top[-1][0] < 2 * top[0][0]:
        return None
    sizes, values = zip(*top, strict=True)
    return statistics.linear_regression([math.log(n) for n in sizes], [math.log(v) for v in values]).slope


def equal(one: MeasuredPoint, other: MeasuredPoint) -> bool:
    """Return whether two times don't differ beyond their spread: their interquartile intervals overlap."""
    reach = (one.seconds * one.spread + other.seconds * other.spread) / 2
    return abs(one.seconds - other.seconds) <= reach


def crossovers(measurement: Measurement) -> list[Crossover]:
    """Return each pair in which one becomes faster and stays faster. Pairs with yours come first."""
    found = [_crossover(one, other) for one, other in _pairs(measurement)]
    return [one for one in found if one is not None]


def equally_fast(measurement: Measurement) -> list[EquallyFast]:
    """Return who is as fast as yours up to the largest common size."""
    # Only for yours: with a spread, others can each be equal to the next one and differ in the end.
    pairs = [pair for pair in _pairs(measurement) if pair[0].kind == "yours"]
    found = [_equally_fast(one, other) for one, other in pairs]
    return [one for one in found if one is not None]


def memory_formula(points: Sequence[MeasuredPoint]) -> str | None:
    """Return the memory of a call in words: as a formula in n if it fits one, else at the largest size."""
    top, power = _top(points, "held"), exponent(points, "held")
    if not top:
        return None
    size, held = top[-1]
    for one in POWERS:
        fits = power is not None and abs(power - one) <= NEAR_POWER
        if fits and _is_constant([value / n**one for n, value in top]):
            return f"holds {measure_units.digits(held / size**one, 2)} {raised(one)} bytes"
    return f"holds {measure_units.memory(held)} at n = {size}"


def raised(power: float) -> str:
    """Return a power of n with one decimal, such as `n^1.9` or `n`."""
    text = f"{power:.1f}".removesuffix(".0")
    return "n" if text == "1" else f"n^{text}"


def speed(contender: Contender, operations: Mapping[int, float]) -> str | None:
    """Return the operations per second at the largest size, in words."""
    for one in reversed(contender.points):
        if one.seconds and operations.get(one.size):
            return f"{measure_units.flops(operations[one.size] / one.seconds)} at n = {one.size}"
    return None


def noisy(contender: Contender) -> str:
    """Return a warning if half of the points or more scatter widely, else ""."""
    wide = sum(one.spread > NOISY_SPREAD for one in contender.points)
    if not wide or 2 * wide < len(contender.points):
        return ""
    return "spread over 30 %: run again on a quiet machine"


def advice(contender: Contender, operations: Mapping[int, float]) -> str:
    """Return what the shape of the times says about the function, or "" if it is no known shape."""
    top = _top(contender.points, "seconds")
    if len(top) < LEAST_POINTS or top[-1][0] < 2 * top[0][0]:
        return ""
    if contender.loops:
        return _loop(top, contender.loops, operations)
    times = [seconds for _, seconds in top]
    if _is_constant(times) and max(times) <= LONGEST_CALL:
        return "the time hardly depends on n: what you see is the cost of calling torch"
    return ""


def _loop(top: Sequence[tuple[int, float]], depth: int, operations: Mapping[int, float]) -> str:
    steps = [seconds / n**depth for n, seconds in top]
    if _is_step(steps):
        # The loop may run over a part of n: so this is no claim about one step.
        cost = measure_units.time(steps[-1], 2)
        return f"a loop in Python: the time is {cost} times {raised(depth)}, whatever n is"
    if all(operations.get(n) for n, _ in top):
        steps = [2 * seconds / operations[n] for n, seconds in top]
        if _is_step(steps):
            cost = measure_units.time(steps[-1], 2)
            return f"a loop in Python: each multiplication and addition costs {cost}, whatever n is"
    return ""


def _is_step(values: Sequence[float]) -> bool:
    return _is_constant(values) and STEP[0] <= values[-1] <= STEP[1]


def _is_constant(values: Sequence[float]) -> bool:
    return max(values) <= NEARLY * min(values)


def _top(points: Sequence[MeasuredPoint], of: Quantity) -> list[tuple[int, float]]:
    """Return size and value of the upper half of the points with this value, or of three points."""
    known = [(one.size, float(value)) for one in points if (value := getattr(one, of))]
    return known[-max(LEAST_POINTS, (len(known) + 1) // 2) :]


def _pairs(measurement: Measurement) -> list[tuple[Contender, Contender]]:
    return list(combinations(sorted(measurement.contenders, key=lambda one: one.kind != "yours"), 2))


def _common(one: Contender, other: Contender) -> list[tuple[MeasuredPoint, MeasuredPoint]]:
    """Return the points of both at each size that both have."""
    at = {point.size: point for point in other.points if point.seconds}
    return [(point, at[point.size]) for point in one.points if point.seconds and point.size in at]


def _crossover(one: Contender, other: Contender) -> Crossover | None:
    common = _common(one, other)
    if not common or equal(*common[-1]):
        return None
    if common[-1][0].seconds > common[-1][1].seconds:
        return _crossover(other, one)
    behind = [place for place, (a, b) in enumerate(common) if a.seconds >= b.seconds or equal(a, b)]
    if not behind:
        return None
    return Crossover(_crossing(common[behind[-1]], common[behind[-1] + 1]), one.name, other.name)


def _crossing(before: tuple[MeasuredPoint, MeasuredPoint], after: tuple[MeasuredPoint, MeasuredPoint]) -> int:
    """Return the size where two lines cross on logarithmic scales, rounded to two digits."""
    lead, gain = (math.log(a.seconds / b.seconds) for a, b in (before, after))
    # Without a crossing of the medians, only the spreads kept the two equal.
    share = lead / (lead - gain) if lead > 0 else 1.0
    size = before[0].size ** (1 - share) * after[0].size ** share
    return int(float(f"{size:.2g}"))


def _equally_fast(one: Contender, other: Contender) -> EquallyFast | None:
    common = _common(one, other)
    differ = [place for place, pair in enumerate(common) if not equal(*pair)]
    start = differ[-1] + 1 if differ else 0
    # Times that scatter widely overlap, whatever the functions do.
    if len(common) - start < LEAST_POINTS or noisy(one) or noisy(other):
        return None
    return EquallyFast(common[start][0].size if start else None, one.name, other.name)
