"""Root causes of failures. Each costs points only once: in the first property that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from grader.sandbox.wire import Raised
from grader.sandbox.worker_end import Died

Kind = Literal["unavailable", "died", "raised", "device"]


@dataclass(frozen=True)
class RootCause:
    """Why a property fails. Two properties with equal root causes fail for the same reason."""

    kind: Kind
    what: str = ""
    place: str = ""

    @classmethod
    def of_end(cls, died: Died) -> RootCause:
        """Return the root cause if the worker ended."""
        return cls("died", died.reason)

    @classmethod
    def of_exception(cls, raised: Raised) -> RootCause:
        """Return the root cause if the submission raised an exception: its class and its line."""
        return cls("raised", raised.type, raised.place)


# Nothing can be called: the text doesn't load, or too many calls ran out of time.
UNAVAILABLE = RootCause("unavailable")


@dataclass
class RootCauses:
    """The root causes found so far, each with the first property that showed it."""

    _first: dict[RootCause, str] = field(default_factory=dict)

    def first(self, cause: RootCause, name: str) -> str:
        """Return the first property with this root cause: `name` itself, unless there was an earlier one."""
        return self._first.setdefault(cause, name)

    def is_known(self, cause: RootCause, name: str) -> bool:
        """Return whether a property other than `name` has already shown this root cause."""
        return self._first.get(cause, name) != name
