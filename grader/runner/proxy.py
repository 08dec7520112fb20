"""The submission's functions as a property sees them. They are called here and run in the worker."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from grader.exercises import Function
from grader.runner.call import Answer, Call
from grader.runner.call_log import MOST_RECORDED, CallLog, Exchange
from grader.runner.exceptions import Stopped, WrongReturn, submission_error
from grader.runner.matchers import kind_of
from grader.sandbox.wire import Mode, Raised, Refused
from grader.sandbox.worker_end import Died

KINDS = {
    "Tensor": "a tensor",
    "ndarray": "a NumPy array",
    "int": "an int",
    "bool": "a bool",
    "float": "a float",
    "str": "a str",
}
IsKind = Callable[[object], bool]


class Answering(Protocol):
    """Something that answers calls."""

    def ask(self, call: Call) -> Answer:
        """Return the answer to one call."""


class RemoteFunction:
    """A learner's function. Calling it asks the worker and returns an ordinary value."""

    def __init__(
        self,
        function: Function,
        client: Answering,
        call_log: Callable[[], CallLog],
        *,
        forbids: tuple[str, ...] = (),
    ) -> None:
        """Bind one of the exercise's functions to the client that answers its calls."""
        self.__name__ = function.name
        self._function = function
        self._expected = KINDS.get(function.returns, f"`{function.returns}`")
        self._client = client
        self._call_log = call_log
        self._forbids = forbids

    def answered_by(self, client: Answering, call_log: CallLog) -> RemoteFunction:
        """Return the same function with another client and another call log."""
        return RemoteFunction(self._function, client, lambda: call_log, forbids=self._forbids)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the learner's function. Return its result, or raise its exception."""
        value = self._ask("call", args, kwargs)
        if not _is_kind(value, self._function.returns):
            raise WrongReturn(kind_of(value), self._expected)
        return value

    def inputs_after(self, *args: Any, **kwargs: Any) -> Any:
        """Return the inputs as they are after the call."""
        return self._ask("inputs_after", args, kwargs)

    def vjp(self, *args: Any, cotangent: Any, **kwargs: Any) -> Any:
        """Return the gradient of <cotangent, result> for the tensor input, or a tuple for several."""
        value = self._ask("vjp", args, kwargs, cotangent)
        if isinstance(value, list | np.ndarray):
            # The function's own result: such a value has no gradient.
            raise WrongReturn(kind_of(value), self._expected)
        inputs = [one for one in (*args, *kwargs.values()) if isinstance(one, Tensor)]
        parts = value if isinstance(value, tuple) else (value,)
        # A result that doesn't depend on an input has no path to it. A gradient of zero may be correct.
        parts = tuple(
            torch.zeros_like(x) if part is None else part for x, part in zip(inputs, parts, strict=False)
        )
        return parts if isinstance(value, tuple) else parts[0]

    def cost(self, *args: Any, **kwargs: Any) -> int:
        """Return how many operations torch performed. This is the worker's claim, not a proof."""
        value = self._ask("cost", args, kwargs)
        return value if isinstance(value, int) else 0

    def operators(self, *args: Any, **kwargs: Any) -> frozenset[str]:
        """Return the names of torch's operators that ran. This is the worker's claim, not a proof.

        Functions of NumPy and SciPy have a prefix with the library's name: `numpy.convolve`.
        """
        value = self._ask("operators", args, kwargs)
        return frozenset(map(str, value)) if isinstance(value, list) else frozenset()

    def forbidden(self, *args: Any, **kwargs: Any) -> list[str]:
        """Return the operators that ran although the exercise `forbids` them."""
        return sorted(self.operators(*args, **kwargs) & set(self._forbids))

    def transforms(self, *args: Any, **kwargs: Any) -> list[int]:
        """Return the number of points for each torch Fourier transform that the answer depends on.

        Discarded results don't count. This is the worker's claim.
        """
        value = self._ask("transforms", args, kwargs)
        return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []

    def products(self, *args: Any, **kwargs: Any) -> list[tuple[int, int]]:
        """Return (rows, columns) for each matrix in the torch products that the answer depends on.

        Both matrices of a product are included. `columns` is the length of the axis that is summed
        over. This is the worker's claim.
        """
        value = self._ask("products", args, kwargs)
        pairs = [one for one in value if isinstance(one, list | tuple)] if isinstance(value, list) else []
        return [(int(one[0]), int(one[1])) for one in pairs if list(map(type, one)) == [int, int]]

    def __repr__(self) -> str:
        """Return the function's name."""
        return self.__name__

    def _ask(self, mode: Mode, args: tuple[Any, ...], kwargs: dict[str, Any], cotangent: Any = None) -> Any:
        call = Call(self.__name__, mode, args, kwargs, cotangent)
        answer = self._client.ask(call)
        reply = getattr(self._client, "latest", b"")
        # A longer reply would not be recorded, so it isn't kept.
        kept = reply if len(reply) <= MOST_RECORDED else b""
        self._call_log().last.exchanges.append(Exchange(call, answer, kept))
        if isinstance(answer, Died):
            raise Stopped(answer)
        if isinstance(answer, Raised):
            raise submission_error(answer)
        if isinstance(answer, Refused):
            # A value on another device has the correct kind.
            elsewhere = " device" in answer.found or "while the inputs" in answer.found
            raise WrongReturn(answer.found, "" if elsewhere or mode != "call" else self._expected)
        return answer.value


def _is_kind(value: object, annotation: str) -> bool:
    """Return whether a value fits the stub's return annotation."""
    return not annotation or _kind(annotation)(value)


# Cached: needed in each call, and a course has few annotations.
@cache
def _kind(annotation: str) -> IsKind:
    return _matching(ast.parse(annotation, mode="eval").body)


def _matching(node: ast.expr) -> IsKind:
    """Return a function that checks whether a value fits an annotation."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = _matching(node.left), _matching(node.right)
        return lambda value: left(value) or right(value)
    if isinstance(node, ast.Subscript):
        return _container(node)
    name = ast.unparse(node).rpartition(".")[2]
    if name == "None":
        return lambda value: value is None
    if name not in {*KINDS, "tuple", "list", "complex"}:
        return lambda _: True
    return lambda value: type(value).__name__ == name


def _container(node: ast.Subscript) -> IsKind:
    name = ast.unparse(node.value)
    parts = [
        _matching(one) for one in (node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice])
    ]
    if name == "tuple":
        return lambda value: (
            isinstance(value, tuple)
            and len(value) == len(parts)
            and all(part(item) for part, item in zip(parts, value, strict=True))
        )
    if name == "list":
        return lambda value: isinstance(value, list) and all(map(parts[0], value))
    # NDArray[np.float64] isn't checked here: the properties compare dtypes.
    return lambda _: True
