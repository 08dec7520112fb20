"""Explains failed comparisons without pytest's own explanation, which is slow for large tensors.

pytest always calls all plugins and its own explanation, even after one plugin has explained the comparison.
So this module replaces that pytest function.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from _pytest.assertion import rewrite, util
from torch import Tensor

from grader.runner.matchers import Expected

Explain = Callable[[object, object], list[str] | None]


@contextlib.contextmanager
def explained(explain: Explain) -> Iterator[None]:
    """Call `explain` with both sides of each false `==`, and show what it returns."""
    pytests: Any = util._reprcompare  # noqa: SLF001 - pytest has no other place for it

    def compared(op: str, left: object, right: object) -> str | None:
        if op != "==":
            return str(said) if pytests and (said := pytests(op, left, right)) else None
        lines = explain(left, right)
        return "\n~".join(line.replace("\n", "\\n") for line in lines).replace("%", "%%") if lines else None

    util._reprcompare = compared  # noqa: SLF001
    try:
        yield
    finally:
        util._reprcompare = pytests  # noqa: SLF001


@contextlib.contextmanager
def unread() -> Iterator[None]:
    """Keep tensors out of pytest's assertion text, because that text isn't used."""
    pytests = rewrite._saferepr  # noqa: SLF001

    def brief(obj: object) -> str:
        return type(obj).__name__ if isinstance(obj, Tensor | np.ndarray | Expected) else pytests(obj)

    rewrite._saferepr = brief  # noqa: SLF001
    try:
        yield
    finally:
        rewrite._saferepr = pytests  # noqa: SLF001
