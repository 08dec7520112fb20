"""The runner's exceptions, for the ways in which a call to a submission can end."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from grader.sandbox.wire import Raised
from grader.sandbox.worker_end import Died

# The worker names the exception. The runner raises only one of these, never one of ours or of pytest's.
KNOWN = (
    "NotImplementedError",
    "RecursionError",
    "ZeroDivisionError",
    "OverflowError",
    "FloatingPointError",
    "IndexError",
    "KeyError",
    "UnboundLocalError",
    "ModuleNotFoundError",
    "ValueError",
    "TypeError",
    "AttributeError",
    "NameError",
    "ImportError",
    "MemoryError",
    "ArithmeticError",
    "LookupError",
    "RuntimeError",
)


class SubmissionError(Exception):
    """The submission raised an exception. Hypothesis may look for a smaller case that also raises one."""

    def __init__(self, raised: Raised) -> None:
        """Store the worker's report."""
        line = f" ({raised.place})" if raised.place else ""
        super().__init__(f"{raised.type}: {raised.message}{line}")
        self.raised = raised


# How to return a tensor, by what was returned in its place.
TO_TENSOR = {
    "a list": "use `torch.stack(your_list)` for tensors, `torch.tensor(your_list)` for numbers",
    "a NumPy array": "compute it with torch",
}


class WrongReturn(AssertionError):
    """The submission returned a value of a different kind than its signature declares."""

    def __init__(self, found: str, expected: str) -> None:
        """Make the message: what was returned, what the exercise expects, and what to do."""
        super().__init__(_returned(found, expected))


def _returned(found: str, expected: str) -> str:
    if found == "None":
        return "Your function returned None. Did you forget `return`?"
    said = f"Your function returned {found.replace('a list', 'a Python list')}."
    if "while the inputs are on" in found:
        return f"{said} Create the result on the same device as the inputs."
    if not expected or (expected == "a tensor" and found.startswith("a tensor")):
        return said
    remedy = TO_TENSOR.get(found) if expected == "a tensor" else None
    return f"{said} The exercise wants {expected}{f': {remedy}' if remedy else ''}."


class Inconsistent(AssertionError):
    """The submission gave two different answers to the same call."""


class Stopped(BaseException):
    """The worker is gone. This is a BaseException, so that Hypothesis doesn't replay or shrink."""

    def __init__(self, died: Died) -> None:
        """Store the report of how the worker ended."""
        super().__init__(died.reason)
        self.died = died


class Unavailable(Exception):
    """No call is possible: the file doesn't load, a function is missing, or the machine lacks the device."""

    def __init__(
        self,
        reason: str,
        *,
        raised: Raised | None = None,
        died: Died | None = None,
        costs_points: bool = False,
    ) -> None:
        """Store the reason. If the submission is the cause, also store its exception or how its worker died.

        `costs_points` is set if an answer can't be read: nothing is graded, but the points are lost.
        """
        super().__init__(reason)
        self.costs_points = costs_points
        self.reason = reason
        self.raised = raised
        self.died = died

    @property
    def by_submission(self) -> bool:
        """Return whether the submission is the cause, in which case its points stay in the total."""
        return self.raised is not None or self.died is not None


def submission_error(raised: Raised) -> SubmissionError:
    """Return the exception to raise. It also derives from the built-in class that the submission raised."""
    for name in KNOWN:
        if name in raised.bases:
            return _class_for(name)(raised)
    return SubmissionError(raised)


def elsewhere(name: str) -> Callable[..., Any]:
    """Return a placeholder for an oracle that a learner's copy lacks. It can be imported but not called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def not_here(*_: Any, **__: Any) -> Any:
        # A skip is neither passed nor failed, for pytest and for Hypothesis.
        pytest.skip(f"not tested here: `{name}` belongs to the reference solution, which this copy lacks")

    return not_here


@cache
def _class_for(name: str) -> type[SubmissionError]:
    return type(f"Submitted{name}", (SubmissionError, getattr(builtins, name)), {})
