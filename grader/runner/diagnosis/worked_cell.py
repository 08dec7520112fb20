"""Finds the sum of products that a wrong cell should equal. It runs the test, so it needs no formula.

The exercises compute functions that are linear in each input: an entry of the result is a sum of products
of entries. So the law is evaluated with other inputs: one has a single 1 and zeros elsewhere, the other has
powers of a base. The digits of the expected value show which entries are multiplied, and how often.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import torch
from torch import Tensor

from grader.report_model import Factor, Term, Window
from grader.runner.call import Answer, Call
from grader.runner.call_log import Case
from grader.runner.matchers import Expected
from grader.sandbox.wire import Returned
from grader.sandbox.worker_end import Died

# Digits from -3 to 4: no sliding window adds an entry more often.
BASE = 8
MAX_TAPS = 16
MAX_ENTRIES = 128
SLACK = 1e-5

# Returns what the law expects for these inputs, or None if it makes no comparison.
Law = Callable[[Mapping[str, Any]], Tensor | None]

Cell = Callable[[Mapping["CellIndex", Tensor]], float]
Product = tuple[float, tuple[tuple["CellIndex", tuple[int, ...]], ...]]


class Recorded:
    """Stands in for a worker: repeats a case's answers in order, with NaN in place of each number.

    Nothing equals NaN, so the law's comparison always fails and shows what it expects.
    """

    def __init__(self, case: Case) -> None:
        """Store the answers of a case."""
        self._answers = [exchange.answer for exchange in case.exchanges]

    def ask(self, call: Call) -> Answer:
        """Return the next answer."""
        del call
        if not self._answers:
            return Died("error", "the case has no more calls")
        answer = self._answers.pop(0)
        return Returned(_blank(answer.value)) if isinstance(answer, Returned) else answer


@dataclass(frozen=True, eq=False)
class CellIndex:
    """The position of a tensor among the drawn inputs: its name, and its field in a named tuple."""

    name: str
    field: str | None
    value: Tensor

    @property
    def written(self) -> str:
        """The name as shown among the inputs."""
        return self.name if self.field is None else f"{self.name}.{self.field}"


def window(case: Case, law: Law) -> Window | None:
    """Return the first wrong cell as a sum of products, or None if it isn't such a sum."""
    comparison = case.comparison
    if comparison is None or comparison.difference.cells is None:
        return None
    expected = comparison.expected.value if isinstance(comparison.expected, Expected) else None
    wrong = torch.nonzero(comparison.difference.cells)
    if not isinstance(expected, Tensor) or expected.is_complex() or not len(wrong):
        return None
    at = wrong[0].tolist()
    worked = float(expected[tuple(at)])
    places = list(_places(case.inputs))

    def cell(given: Mapping[CellIndex, Tensor]) -> float:
        values = {one: given.get(one, torch.zeros_like(one.value)) for one in places}
        found = law(_replaced(case.inputs, values))
        fits = found is not None and found.shape == expected.shape and not found.is_complex()
        return float(found[tuple(at)]) if found is not None and fits else float("nan")

    terms = list(_terms(places, cell))
    others = {one: _other(one.value) for one in places}
    if not terms or not (_near(_sum(terms), worked) and _near(_sum(terms, others), cell(others))):
        return None
    return Window(
        at=at,
        obtained=_number(comparison.obtained, tuple(at)),
        expected=worked,
        terms=[_term(times, factors) for times, factors in terms],
    )


def _terms(places: list[CellIndex], cell: Cell) -> Iterator[Product]:
    """Yield the products of one or two factors that make up one cell."""
    alone = {one: cell({one: _coded(one.value)}) for one in places if one.value.numel() <= MAX_TAPS}
    for one, found in alone.items():
        for times, index in _decoded(found, one.value):
            yield times, ((one, index),)
    for pair in combinations(places, 2):
        taps, entries = sorted(pair, key=lambda one: one.value.numel())
        if taps.value.numel() > MAX_TAPS or entries.value.numel() > MAX_ENTRIES:
            continue
        for index in _indices(entries.value):
            one_hot = torch.zeros_like(entries.value)
            one_hot[index] = 1
            found = cell({taps: _coded(taps.value), entries: one_hot}) - alone[taps]
            for times, tap in _decoded(found, taps.value):
                yield times, ((taps, tap), (entries, index))


def _sum(terms: Iterable[Product], values: Mapping[CellIndex, Tensor] | None = None) -> float:
    """Return the sum of the products, with the drawn inputs or with others."""
    values = values or {}
    return sum(
        times * math.prod(float(values.get(one, one.value)[index]) for one, index in factors)
        for times, factors in terms
    )


def _other(value: Tensor) -> Tensor:
    """Return other numbers of the same shape, to check that the law really is the sum of these products."""
    return torch.arange(2.0, 2 + value.numel()).double().reshape(value.shape)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= SLACK * max(1.0, abs(other))


def _places(inputs: Mapping[str, Any]) -> Iterator[CellIndex]:
    for name, value in inputs.items():
        if hasattr(value, "_asdict"):
            yield from (
                CellIndex(name, field, part.double())
                for field, part in value._asdict().items()
                if isinstance(part, Tensor) and part.is_floating_point()
            )
        elif isinstance(value, Tensor) and value.is_floating_point():
            yield CellIndex(name, None, value.double())


def _replaced(inputs: Mapping[str, Any], values: Mapping[CellIndex, Tensor]) -> dict[str, Any]:
    replaced = dict(inputs)
    for place, value in values.items():
        before = replaced[place.name]
        replaced[place.name] = value if place.field is None else before._replace(**{place.field: value})
    return replaced


def _coded(value: Tensor) -> Tensor:
    """Return powers of the base, one for each entry."""
    return (BASE ** torch.arange(float(value.numel())).double()).reshape(value.shape)


def _decoded(found: float, value: Tensor) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield how often each entry occurs in a sum of powers of the base."""
    if not found.is_integer():
        return
    rest = int(found)
    for index in _indices(value):
        digit = (rest + BASE // 2 - 1) % BASE - (BASE // 2 - 1)
        rest = (rest - digit) // BASE
        if digit:
            yield float(digit), index


def _indices(value: Tensor) -> Iterable[tuple[int, ...]]:
    return product(*map(range, value.shape))


def _term(times: float, factors: tuple[tuple[CellIndex, tuple[int, ...]], ...]) -> Term:
    return Term(
        times=times,
        factors=[
            Factor(name=one.written, at=list(index), value=float(one.value[index])) for one, index in factors
        ],
    )


def _number(value: Any, at: tuple[int, ...]) -> float | None:
    """Return a cell in the report's format: NaN is null."""
    found = value[at] if isinstance(value, Tensor) else None
    return float(found) if found is not None and bool(found.isfinite()) else None


def _blank(value: Any) -> Any:
    if isinstance(value, Tensor) and (value.is_floating_point() or value.is_complex()):
        return torch.full_like(value, torch.nan, dtype=torch.float64)
    return tuple(map(_blank, value)) if isinstance(value, tuple) else value
