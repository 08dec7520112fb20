"""Draws a property's cases once, so that all submissions get the same cases.

Drawing a case takes longer than testing it. A long-lived runner draws before the first submission arrives.
"""

from __future__ import annotations

import contextlib
import copy
import warnings
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Protocol

import pytest
from hypothesis import Phase, settings
from hypothesis.errors import HypothesisException, HypothesisWarning
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import DataObject

from grader.runner.exceptions import Inconsistent
from grader.strategies.moods import EVERYTHING, PARTS, SIMPLE, Part, only, parts_that_matter

Case = dict[str, Any]
WRONG = (Exception, pytest.fail.Exception)
ALL = sum(part.share for part in PARTS)
# Hypothesis has no other way to run a test with changing settings or seeds.
RUN_WITH = ("_hypothesis_internal_use_settings", "_hypothesis_internal_use_seed")


@dataclass
class Drawn:
    """A property's cases, and the part that each case belongs to."""

    cases: list[Case] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


class Store(Protocol):
    """Keeps the drawn cases of one property for later runs."""

    def recall(self) -> Drawn | None:
        """Return the cases, or None if they depend on the answers. Raise KeyError if nothing is kept."""

    def keep(self, drawn: Drawn | None) -> None:
        """Keep the cases."""


# Hypothesis's cache of constants while it draws for us.
_constants: Any = LRUCache(1024)
# None: the cases depend on the answers, so Hypothesis must draw them during the judgement.
_drawn: dict[Hashable, Drawn | None] = {}


def judged_by_drawn_cases(
    function: Callable[..., Any],
    key: Hashable,
    *,
    fresh: Callable[[], None],
    settled: Callable[[int], bool] = lambda _: False,
    ends: Callable[[BaseException], bool] = lambda _: False,
    store: Store | None = None,
) -> Callable[..., Any]:
    """Return a property that tries its drawn cases. After a failure, Hypothesis looks for the smallest one.

    Properties with the same `key` have the same cases. `fresh` discards the calls so far. If `ends`
    is true for an error, no smaller case is searched for. If `settled` is true for an index, its case is
    known to be correct and isn't tried.
    """

    @wraps(function)
    def judged(**fixtures: Any) -> None:
        drawn = _recalled_or_drawn(function, fixtures, key, store)
        parts = [EVERYTHING._replace(share=ALL)]
        if drawn is not None:
            try:
                failed_in = _tried(function, drawn, fixtures, ends=ends, settled=settled)
            except HypothesisException:
                # The property calls assume, note or draw, which only Hypothesis can do.
                _drawn[key] = drawn = None
            else:
                if failed_in is None:
                    return
                # Small integers first: a learner can check such a failure by hand.
                parts = [SIMPLE._replace(share=ALL), failed_in]
        for part in parts:
            fresh()
            with _of_part(function, part):
                function(**fixtures)
        if drawn is not None:
            raise Inconsistent("two different answers to the same call")

    return judged


def cases_of(key: Hashable, most: int) -> list[Case]:
    """Return copies of the first drawn cases of a property; an empty list if there are none."""
    drawn = _drawn.get(key)
    return [] if drawn is None else copy.deepcopy(drawn.cases[:most])


def count_of(key: Hashable) -> int:
    """Return how many cases are drawn for a property."""
    drawn = _drawn.get(key)
    return 0 if drawn is None else len(drawn.cases)


def _tried(
    function: Any,
    drawn: Drawn,
    fixtures: Case,
    *,
    ends: Callable[[BaseException], bool],
    settled: Callable[[int], bool],
) -> Part | None:
    """Try the cases and return the part of the first failing one."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", HypothesisWarning)
        for place, (case, part) in enumerate(zip(drawn.cases, drawn.parts, strict=True)):
            if settled(place):
                continue
            try:
                # Copied, because a property may change its inputs and others get the same ones.
                function.hypothesis.inner_test(**fixtures, **copy.deepcopy(case))
            except HypothesisException:
                raise
            except WRONG as error:
                if ends(error):
                    raise
                return part
    return None


def _recalled_or_drawn(function: Any, fixtures: Case, key: Hashable, store: Store | None) -> Drawn | None:
    if store is not None:
        recalled(key, store)
    if key not in _drawn:
        _drawn[key] = _draw(function, fixtures)
        if store is not None:
            store.keep(_drawn[key])
    return _drawn[key]


def recalled(key: Hashable, store: Store) -> Drawn | None:
    """Return the cases that this or an earlier run has drawn, or None if there are none."""
    if key not in _drawn:
        with contextlib.suppress(KeyError):
            _drawn[key] = store.recall()
    return _drawn.get(key)


def _draw(function: Any, fixtures: Case) -> Drawn | None:
    """Draw all cases of a property, from each part that matters."""
    with parts_that_matter() as parts:
        simple = _drawn_of(function, fixtures, SIMPLE)
    if len(parts) == 1:
        parts = [SIMPLE._replace(share=ALL)]
    drawn = Drawn()
    for part in parts:
        cases = simple if part == SIMPLE else _drawn_of(function, fixtures, part)
        drawn.cases += cases
        drawn.parts += [part] * len(cases)
    interactive = any(isinstance(value, DataObject) for case in drawn.cases for value in case.values())
    return None if interactive else drawn


def _drawn_of(function: Any, fixtures: Case, part: Part) -> list[Case]:
    """Return the cases of one part without trying them."""
    cases: list[Case] = []
    handle = function.hypothesis
    test = handle.inner_test

    @wraps(test)
    def noting(**arguments: Any) -> None:
        cases.append({name: value for name, value in arguments.items() if name not in fixtures})

    handle.inner_test = noting
    try:
        with _of_part(function, part):
            function(**fixtures)
    finally:
        handle.inner_test = test
    return cases


@contextlib.contextmanager
def _of_part(function: Any, part: Part) -> Iterator[None]:
    """Make Hypothesis draw this part's number of cases, with the part's seed."""
    number = [one[:2] for one in PARTS].index(part[:2]) if part[:2] != EVERYTHING[:2] else 0
    profile, seed = (getattr(function, name) for name in RUN_WITH)
    cases = max(1, round(profile.max_examples * part.share / ALL))
    # Explicit examples of an instructor are tried only once.
    phases = [phase for phase in profile.phases if number == 0 or phase is not Phase.explicit]
    run_with = (settings(profile, max_examples=cases, phases=phases), seed + number)
    try:
        for name, value in zip(RUN_WITH, run_with, strict=True):
            setattr(function, name, value)
        with only(part), _from_strategies_alone():
            yield
    finally:
        for name, value in zip(RUN_WITH, (profile, seed), strict=True):
            setattr(function, name, value)


@contextlib.contextmanager
def _from_strategies_alone() -> Iterator[None]:
    """Keep Hypothesis from drawing numbers that it finds in the course's or the grader's modules.

    It looks for constants in loaded modules that aren't installed. So a learner's copy, or an installed
    grader, would get different cases from the instructor's.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(providers, "_get_local_constants", Constants, raising=False)
        patch.setattr(providers, "CONSTANTS_CACHE", _constants, raising=False)
        yield
