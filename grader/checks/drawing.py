"""The cases of a property are drawn once, apart from any submission: whoever answers is asked the same ones.

To draw a case takes longer than to judge it. A near side that stays draws before the first submission comes.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

import pytest
from hypothesis.errors import HypothesisException, HypothesisWarning
from hypothesis.strategies import DataObject

from grader.checks.faults import Inconsistent
from grader.strategies import REACHES, reaching

Case = dict[str, Any]
WRONG = (Exception, pytest.fail.Exception)

# None stands for cases that depend on what a property finds: Hypothesis has to draw them while it is judged.
_drawn: dict[Hashable, list[Case] | None] = {}


def judged_by_drawn_cases(
    function: Callable[..., Any], key: Hashable, *, fresh: Callable[[], None], brief: bool
) -> Callable[..., Any]:
    """Return a property that tries its drawn cases, and has Hypothesis look for the smallest that fails.

    `key` is what the cases depend on; `fresh` forgets what was asked so far. A `brief` property ends with
    the first case that fails.
    """

    @wraps(function)
    def judged(**fixtures: Any) -> None:
        if key not in _drawn:
            _drawn[key] = _draw(function, fixtures)
        cases = _drawn[key]
        try:
            if cases is not None and _try(function, cases, fixtures):
                return
        except HypothesisException:
            # It assumes, notes or draws something: what only Hypothesis can answer.
            _drawn[key] = cases = None
        except WRONG:
            if brief:
                raise
        # What fails for small integers is shown with these, so that a learner can follow it by hand.
        for reach in REACHES if cases is not None else REACHES[-1:]:
            fresh()
            with reaching(reach):
                function(**fixtures)
        if cases is not None:
            raise Inconsistent("answered the same call differently when it was asked again")

    return judged


def _try(function: Any, cases: list[Case], fixtures: Case) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("error", HypothesisWarning)
        for case in cases:
            # A property may change what it is given, and others are given the same.
            function.hypothesis.inner_test(**fixtures, **copy.deepcopy(case))
    return True


def _draw(function: Any, fixtures: Case) -> list[Case] | None:
    """Return the cases that a property is tried with where all are met."""
    cases: list[Case] = []
    handle = function.hypothesis
    test = handle.inner_test

    @wraps(test)
    def noting(**arguments: Any) -> None:
        cases.append({name: value for name, value in arguments.items() if name not in fixtures})

    handle.inner_test = noting
    try:
        function(**fixtures)
    finally:
        handle.inner_test = test
    interactive = any(isinstance(value, DataObject) for case in cases for value in case.values())
    return None if interactive else cases
