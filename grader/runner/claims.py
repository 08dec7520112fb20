"""Claims: facts that only the worker can know. The runner trusts them, and the report marks them.

Only the process that runs the submission can see how a function computed its answer, on which device the
result was, and what happened to the inputs. The submission may forge these facts.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

# How the answer was computed, as opposed to the answer.
ON_THE_WAY = frozenset({"cost", "products", "transforms"})
CLAIMED = ON_THE_WAY | {"forbidden", "inputs_after", "operators"}


def rests_on_a_claim(test: Callable[..., Any]) -> bool:
    """Return whether a property depends on facts that only the worker can know."""
    inner = getattr(getattr(test, "hypothesis", None), "inner_test", test)
    code = getattr(inspect.unwrap(inner), "__code__", None)
    return code is not None and any(CLAIMED.intersection(_attributes(one)) for one in _all_of(code))


def _attributes(code: CodeType) -> Iterator[str]:
    """Yield the attributes that a piece of code reads, excluding functions with the same names."""
    for step in dis.get_instructions(code):
        if step.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            yield str(step.argval)


def _all_of(code: CodeType) -> Iterator[CodeType]:
    """Yield a function's code and the code of functions defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _all_of(constant)
