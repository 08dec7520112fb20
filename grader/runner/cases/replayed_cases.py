"""Cases that were drawn before: one that is tried alone, or some that are tried before others are drawn."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import pytest
from hypothesis.errors import HypothesisException

from grader import strategies
from grader.errors import GraderError, UsageError
from grader.protocol import ReplayedCase
from grader.runner.cases import case_codec
from grader.sandbox.array_codec import Malformed

WRONG = (AssertionError, pytest.fail.Exception)


class Enough(BaseException):
    """A case failed, and nobody asks for a smaller one: outside Exception, so that Hypothesis stops."""


@dataclass(frozen=True)
class Trials:
    """The cases that a grading session tries: that of a `replay` alone, `remembered` ones before others."""

    replay: ReplayedCase | None = None
    remembered: tuple[ReplayedCase, ...] = ()

    def arrange(
        self, item: pytest.Item, name: str, device: str, *, asked: Callable[[], bool], several: bool
    ) -> None:
        """Have a property try its case; `asked` says whether the latest case put a question.

        With `several` a remembered case that fails is followed by drawn ones, so that a known mistake
        is named by more than one case.
        """
        function = getattr(item, "obj", None)
        if not isinstance(item, pytest.Function) or not callable(function):
            return
        if self.replay is not None:
            item.obj = _alone(function, self.replay)
        elif hasattr(function, "hypothesis"):
            for trial in self.remembered:
                if (trial.property, trial.device) == (name, device):
                    item.obj = _first(function, trial, asked, several=several)

    def blamed(self, error: BaseException | None, broken: Exception) -> GraderError | None:
        """Return what a token is to blame for, when a property itself failed."""
        if self.replay is None:
            return None
        return (
            error if isinstance(error, GraderError) else _unusable(f"the property can't use them: {broken}")
        )


def _alone(function: Callable[..., Any], trial: ReplayedCase) -> Callable[..., Any]:
    """Return a property that tries one case, and draws none."""

    @wraps(function)
    def alone(**fixtures: Any) -> Any:
        test = function.hypothesis.inner_test if hasattr(function, "hypothesis") else function
        return test(**fixtures, **_inputs(test, trial, fixtures))

    return alone


def _first(
    function: Callable[..., Any], trial: ReplayedCase, asked: Callable[[], bool], *, several: bool
) -> Callable[..., Any]:
    """Return a property that tries a case before it draws others.

    It is met only where it would be without that case. Where it would not be met, what is wrong may be
    shown on that case; an error that it raises may be one that another property told of already, so
    that the cases drawn decide about it.
    """

    @wraps(function)
    def first(**fixtures: Any) -> None:
        handle = function.hypothesis  # type: ignore[attr-defined]

        def again() -> None:
            handle.inner_test(**fixtures, **_inputs(handle.inner_test, trial, fixtures))

        error = _failure(again) if _fits(handle.inner_test, trial, fixtures) else None
        fails = error is not None and asked()
        if fails and isinstance(error, WRONG):
            if several:
                with _up_to_a_failure(handle):
                    function(**fixtures)
            again()
        function(**fixtures)
        if fails:
            again()

    return first


@contextlib.contextmanager
def _up_to_a_failure(handle: Any) -> Iterator[None]:
    """Have Hypothesis draw cases until one fails, without looking for a smaller one."""
    test = handle.inner_test

    @wraps(test)
    def ending(**arguments: Any) -> None:
        try:
            test(**arguments)
        except HypothesisException:
            raise
        except (Exception, pytest.fail.Exception) as error:
            raise Enough from error

    handle.inner_test = ending
    try:
        yield
    except Enough:
        pass
    finally:
        handle.inner_test = test


def _failure(test: Callable[[], None]) -> BaseException | None:
    try:
        test()
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - it is judged when it is raised again
        return error
    return None


def _fits(test: Callable[..., Any], trial: ReplayedCase, fixtures: Mapping[str, Any]) -> bool:
    try:
        _inputs(test, trial, fixtures)
    except UsageError:
        return False
    return True


def _inputs(test: Callable[..., Any], trial: ReplayedCase, fixtures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs of a case, made anew: they are a token's, so whether they fit is looked at first."""
    try:
        inputs = case_codec.inputs_of(trial.case, _named_tuples(test))
    except Malformed as error:
        raise UsageError(
            "replay-token",
            found=str(error),
            where=f"the token's case, for the property `{trial.property}`",
            expected="a whole token, as a report has it under `replay`",
            remedy="copy it again; `grade run` makes a fresh one",
        ) from None
    expected = [name for name in inspect.signature(test).parameters if name not in fixtures]
    if set(inputs) != set(expected):
        names = ", ".join(sorted(inputs)) or "nothing"
        raise _unusable(f"inputs for {names}; the property draws {', '.join(expected) or 'nothing'}")
    return inputs


def _named_tuples(test: Callable[..., Any]) -> dict[str, type[Any]]:
    """Return the named tuples that a property may draw: the strategies' own, and those its file knows."""
    names = {**vars(strategies), **getattr(inspect.unwrap(test), "__globals__", {})}
    return {
        kind.__name__: kind
        for kind in names.values()
        if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")
    }


def _unusable(found: str) -> UsageError:
    return UsageError(
        "replay-case",
        found=found,
        where="the token's case",
        expected="inputs that the property draws",
        remedy="take the token from a report on this course; `grade run` makes a fresh one",
    )
