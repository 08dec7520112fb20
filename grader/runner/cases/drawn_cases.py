"""The cases of a property are drawn once, apart from any submission: whoever answers is asked the same ones.

To draw a case takes longer than to judge it. A runner that stays draws before the first submission comes.
"""

from __future__ import annotations

import contextlib
import copy
import warnings
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

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
# Hypothesis has no other way to run a test with settings, or a seed, that aren't always the same.
RUN_WITH = ("_hypothesis_internal_use_settings", "_hypothesis_internal_use_seed")


@dataclass
class Drawn:
    """The cases of a property, and the part that each is of."""

    cases: list[Case] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


# What Hypothesis remembers of constants while it draws for us.
_constants: Any = LRUCache(1024)
# None stands for cases that depend on what a property finds: Hypothesis has to draw them while it is judged.
_drawn: dict[Hashable, Drawn | None] = {}


def judged_by_drawn_cases(
    function: Callable[..., Any],
    key: Hashable,
    *,
    fresh: Callable[[], None],
    settled: Callable[[int], bool] = lambda _: False,
    ends: Callable[[BaseException], bool] = lambda _: False,
) -> Callable[..., Any]:
    """Return a property that tries its drawn cases, and has Hypothesis look for the smallest that fails.

    `key` is what the cases depend on; `fresh` forgets what was asked so far. Where an error `ends` the
    property nobody looks for a smaller case. One that is `settled`, by its place, holds without being tried.
    """

    @wraps(function)
    def judged(**fixtures: Any) -> None:
        if key not in _drawn:
            _drawn[key] = _draw(function, fixtures)
        drawn = _drawn[key]
        parts = [EVERYTHING._replace(share=ALL)]
        if drawn is not None:
            try:
                failed_in = _tried(function, drawn, fixtures, ends=ends, settled=settled)
            except HypothesisException:
                # It assumes, notes or draws something: what only Hypothesis can answer.
                _drawn[key] = drawn = None
            else:
                if failed_in is None:
                    return
                # What fails for small integers is shown with these, so that a learner can follow it by hand.
                parts = [SIMPLE._replace(share=ALL), failed_in]
        for part in parts:
            fresh()
            with _of_part(function, part):
                function(**fixtures)
        if drawn is not None:
            raise Inconsistent("answered the same call differently when it was asked again")

    return judged


def cases_of(key: Hashable) -> list[Case]:
    """Return copies of the cases that are drawn for a property, none where there are none."""
    drawn = _drawn.get(key)
    return [] if drawn is None else copy.deepcopy(drawn.cases)


def _tried(
    function: Any,
    drawn: Drawn,
    fixtures: Case,
    *,
    ends: Callable[[BaseException], bool],
    settled: Callable[[int], bool],
) -> Part | None:
    """Try the cases, and return the part of the first that fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", HypothesisWarning)
        for place, (case, part) in enumerate(zip(drawn.cases, drawn.parts, strict=True)):
            if settled(place):
                continue
            try:
                # A property may change what it is given, and others are given the same.
                function.hypothesis.inner_test(**fixtures, **copy.deepcopy(case))
            except HypothesisException:
                raise
            except WRONG as error:
                if ends(error):
                    raise
                return part
    return None


def _draw(function: Any, fixtures: Case) -> Drawn | None:
    """Return the cases that a property is tried with where all are met: some of each part that matters."""
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
    """Return the cases of one part, tried on nobody."""
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
    """Have a run of Hypothesis draw as many cases as are of this part, with a seed that is the part's."""
    number = [one[:2] for one in PARTS].index(part[:2]) if part[:2] != EVERYTHING[:2] else 0
    profile, seed = (getattr(function, name) for name in RUN_WITH)
    cases = max(1, round(profile.max_examples * part.share / ALL))
    # Cases that an instructor names are tried once.
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
    """Have Hypothesis draw no number because it stands in some module of the course, or of the grader.

    It looks for such in what is loaded and not installed: a learner's copy, or an installed grader, would be
    asked other cases than the instructor's.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(providers, "_get_local_constants", Constants, raising=False)
        patch.setattr(providers, "CONSTANTS_CACHE", _constants, raising=False)
        yield
