"""Cases from earlier runs: one is tried alone, or several are tried before new cases are drawn."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import pytest
from hypothesis.errors import HypothesisException

from grader.errors import GraderError, UsageError
from grader.protocol import ReplayedCase
from grader.runner.cases import case_codec
from grader.sandbox.array_codec import Malformed

WRONG = (AssertionError, pytest.fail.Exception)


class Enough(BaseException):
    """A case failed and no smaller one is needed. This is a BaseException, so that Hypothesis stops."""


@dataclass(frozen=True)
class Trials:
    """A session's cases from earlier runs: `replay` is tried alone, `remembered` ones before new cases."""

    replay: ReplayedCase | None = None
    remembered: tuple[ReplayedCase, ...] = ()

    def arrange(
        self, item: pytest.Item, name: str, device: str, *, asked: Callable[[], bool], several: bool
    ) -> None:
        """Make a property try its case. `asked` returns whether the latest case made a call.

        With `several`, drawn cases are also tried after a remembered case fails, so that a known
        mistake is recognised from more than one case.
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
        """Return the error to report if a token made a property's own code fail."""
        if self.replay is None:
            return None
        return error if isinstance(error, GraderError) else _unusable(f"the test can't use them: {broken}")


def _alone(function: Callable[..., Any], trial: ReplayedCase) -> Callable[..., Any]:
    """Return a property that tries one case and draws none."""

    @wraps(function)
    def alone(**fixtures: Any) -> Any:
        test = function.hypothesis.inner_test if hasattr(function, "hypothesis") else function
        return test(**fixtures, **_inputs(test, trial, fixtures))

    return alone


def _first(
    function: Callable[..., Any], trial: ReplayedCase, asked: Callable[[], bool], *, several: bool
) -> Callable[..., Any]:
    """Return a property that tries a case before it draws others.

    The property is met only if it also holds for the drawn cases. If it fails, the report may show the
    first case. If the first case raises an error, the drawn cases are tried next, because another
    property may already have reported the same error.
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
    """Make Hypothesis draw cases until one fails, without looking for a smaller one."""
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
    except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - judged when raised again
        return error
    return None


def _fits(test: Callable[..., Any], trial: ReplayedCase, fixtures: Mapping[str, Any]) -> bool:
    try:
        _inputs(test, trial, fixtures)
    except UsageError:
        return False
    return True


def _inputs(test: Callable[..., Any], trial: ReplayedCase, fixtures: Mapping[str, Any]) -> dict[str, Any]:
    """Return new inputs from a case. They come from a token, so they are checked first."""
    try:
        inputs = case_codec.inputs_of(trial.case, case_codec.named_tuples(test))
    except Malformed as error:
        raise UsageError(
            "replay-token",
            found=str(error),
            where=f"the token's case, for the test `{trial.property}`",
            expected="a complete token, as in a report under `replay`",
            remedy="copy it again, or run `grade run` for a new one",
        ) from None
    expected = [name for name in inspect.signature(test).parameters if name not in fixtures]
    if set(inputs) != set(expected):
        names = ", ".join(sorted(inputs)) or "nothing"
        raise _unusable(f"inputs for {names}; the test draws {', '.join(expected) or 'nothing'}")
    return inputs


def _unusable(found: str) -> UsageError:
    return UsageError(
        "replay-case",
        found=found,
        where="the token's case",
        expected="inputs that the test draws",
        remedy="take the token from a report on this course, or run `grade run` for a new one",
    )
