"""Finds the operators that an answer depends on, by checking whether doubled results change the answer.

An operator on unrelated data, or with a discarded result, doesn't change the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from grader.sandbox import threads

PRODUCTS = frozenset({"mv", "mm", "bmm", "dot", "vdot", "addmv", "addmm", "addbmm", "baddbmm", "_sparse_mm"})


class Operation(NamedTuple):
    """An operator's sizes: a transform's points, or the rows and columns of a product's matrices."""

    kind: str
    sizes: tuple[tuple[int, ...], ...]


class _Doubling(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Records what each operator did, and doubles the results of one kind of operation."""

    def __init__(self, doubled: Operation | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._doubled = doubled
        self.seen: dict[Operation, None] = {}


def _dispatched(
    self: _Doubling, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
) -> Any:
    """Run an operator, and double its result if required."""
    del types
    result = func(*args, **(kwargs or {}))
    seen = _seen(func.overloadpacket.__name__, args)
    if seen is not None and isinstance(result, Tensor):
        self.seen[seen] = None
        if seen == self._doubled:
            result.mul_(2)
    return result


# Not a method of the class, for the reason that `instrumentation` gives.
_Doubling.__torch_dispatch__ = _dispatched  # type: ignore[method-assign,assignment]


def decisive(kind: str, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> list[Any]:
    """Return the points of the transforms, or [rows, columns] of the products, that the answer depends on."""

    def answer() -> Any:
        return function(*_copied(args), **_copied(kwargs))

    noting = _Doubling()
    with threads.watched(noting):
        plain = answer()
    ones = [seen for seen in noting.seen if seen.kind == kind]
    sizes = [size for seen in ones if _decides(seen, plain, answer) for size in seen.sizes]
    return [size[0] if kind == "transforms" else list(size) for size in sizes]


def _decides(seen: Operation, plain: Any, answer: Callable[[], Any]) -> bool:
    """Return whether doubled results change the answer. For an answer of zeros, assume that they do."""
    if _is_zero(plain):
        return True
    try:
        with threads.watched(_Doubling(seen)):
            other = answer()
    except Exception:  # noqa: BLE001 - the learner's code noticed the change
        return True
    return not _is_same(plain, other)


def _is_zero(answer: Any) -> bool:
    return not bool(answer.any()) if isinstance(answer, Tensor) else not answer


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        return one.shape == other.shape and bool((one == other).all())
    return bool(one == other)


def _copied(values: Any) -> Any:
    """Return the inputs with copied tensors, because the function may change them."""
    if isinstance(values, Tensor):
        return values.clone()
    if isinstance(values, list):
        return [_copied(value) for value in values]
    if isinstance(values, dict):
        return {name: _copied(value) for name, value in values.items()}
    return values


def _seen(name: str, args: tuple[Any, ...]) -> Operation | None:
    """Return what an operator did if it is a transform or a product, else None."""
    if name.startswith("_fft"):
        return Operation("transforms", ((transform_length(name, args),),))
    if name.rstrip("_") not in PRODUCTS:
        return None
    factors = [one for one in args if isinstance(one, Tensor)][-2:]
    if len(factors) < 2:
        return None
    left, right = factors
    columns = left.shape[-1]
    sides = {left.shape[-2] if left.dim() > 1 else 1, right.shape[-1] if right.dim() > 1 else 1}
    return Operation("products", tuple((rows, columns) for rows in sorted(sides)))


def transform_length(name: str, args: tuple[Any, ...]) -> int:
    """Return the number of points of a Fourier transform: the product of the lengths of its axes."""
    tensor, axes, *rest = args
    sides = [tensor.shape[axis] for axis in axes]
    if name == "_fft_c2r":
        sides[-1] = rest[-1]
    return math.prod(sides)
