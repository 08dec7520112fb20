"""What a call of a submission may end with, as exceptions of the runner."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from grader.sandbox.client import Died
from grader.sandbox.wire import Raised

# A worker's claim about its exception may choose among these, and among no others of ours or pytest's.
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
    """The submission raised; Hypothesis may look for a smaller case that raises too."""

    def __init__(self, raised: Raised) -> None:
        """Keep what the worker told."""
        line = f" ({raised.place})" if raised.place else ""
        super().__init__(f"{raised.type}: {raised.message}{line}")
        self.raised = raised


class WrongReturn(AssertionError):
    """The submission returned something of another kind than its signature says."""

    def __init__(self, found: str, expected: str) -> None:
        """Say both halves."""
        super().__init__(f"returned {found}" + (f", expected {expected}" if expected else ""))


class Inconsistent(AssertionError):
    """The submission answered the same call differently when it was asked again."""


class Stopped(BaseException):
    """The worker is gone: outside Exception, so that Hypothesis neither replays nor shrinks."""

    def __init__(self, died: Died) -> None:
        """Keep why it ended."""
        super().__init__(died.reason)
        self.died = died


class Unavailable(Exception):
    """Nothing can be asked: the file doesn't load, a function is missing, the machine has no such device."""

    def __init__(
        self,
        reason: str,
        *,
        raised: Raised | None = None,
        died: Died | None = None,
        costs_points: bool = False,
    ) -> None:
        """Keep the reason; a submission's own fault comes with what it raised or how it died.

        Where nothing was judged and it still `costs_points`, there is no answer that can be read.
        """
        super().__init__(reason)
        self.costs_points = costs_points
        self.reason = reason
        self.raised = raised
        self.died = died

    @property
    def by_submission(self) -> bool:
        """Say whether the submission is the cause, so that its points stay in the total."""
        return self.raised is not None or self.died is not None


def submission_error(raised: Raised) -> SubmissionError:
    """Return the exception to raise: also an instance of the built-in class that the submission raised."""
    for name in KNOWN:
        if name in raised.bases:
            return _class_for(name)(raised)
    return SubmissionError(raised)


def elsewhere(name: str) -> Callable[..., Any]:
    """Return what stands for an oracle that a learners' copy doesn't have: it can be imported, not called."""
    if name.startswith("__"):
        raise AttributeError(name)

    def not_here(*_: Any, **__: Any) -> Any:
        # Skipped, to pytest and to Hypothesis: neither passed nor failed.
        pytest.skip(f"not tested here: `{name}` is part of the reference, which this copy doesn't have")

    return not_here


@cache
def _class_for(name: str) -> type[SubmissionError]:
    return type(f"Submitted{name}", (SubmissionError, getattr(builtins, name)), {})
