"""What only a worker can know: the runner takes its word for it, and the report says so.

How a function found its answer, where its result lay and what became of its inputs is seen in the process
that runs the submission, which may forge it.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

# What was done on the way, and not what came back.
ON_THE_WAY = frozenset({"cost", "products", "transforms"})
CLAIMED = ON_THE_WAY | {"forbidden", "inputs_after", "operators"}


def rests_on_a_claim(test: Callable[..., Any]) -> bool:
    """Say whether a property asks for what only the worker can know."""
    inner = getattr(getattr(test, "hypothesis", None), "inner_test", test)
    code = getattr(inspect.unwrap(inner), "__code__", None)
    return code is not None and any(CLAIMED.intersection(_attributes(one)) for one in _all_of(code))


def _attributes(code: CodeType) -> Iterator[str]:
    """Yield what a piece of code asks of objects; a function of the same name is another thing."""
    for step in dis.get_instructions(code):
        if step.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            yield str(step.argval)


def _all_of(code: CodeType) -> Iterator[CodeType]:
    """Yield a function's code, and that of what is defined inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _all_of(constant)
