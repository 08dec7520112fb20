"""Equality with a derived tolerance: tests use `==`, and the expected value holds the tolerance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.sanitize import short


@dataclass(frozen=True)
class Difference:
    """Why the obtained value differs from the expected one. `cells` is zero where they agree."""

    reason: str
    cells: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Expected:
    """An expected value, compared exactly or up to the rounding of its computation."""

    value: Any
    exact: bool
    scale: float | None = None

    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def __torch_function__(cls, *_: Any, **__: Any) -> Any:
        """Let `__eq__` below handle `tensor == expected`."""
        return NotImplemented

    def __eq__(self, obtained: object) -> bool:
        """Return whether kind, shape, dtype and every entry agree."""
        return self.difference(obtained) is None

    def __repr__(self) -> str:
        """Return the expression that creates this value."""
        return f"{'exactly' if self.exact else 'close'}({self.value!r})"

    def difference(self, obtained: object) -> Difference | None:
        """Return the first difference, in this order: kind, shape, dtype, entries."""
        if isinstance(self.value, Tensor):
            return self._tensor_difference(obtained, self.value)
        if isinstance(self.value, np.ndarray):
            return self._array_difference(obtained, self.value)
        return _plain_difference(obtained, self.value, exact=self.exact)

    def tolerance(self) -> float:
        """Return the largest difference that rounding can explain.

        A sum of N products computed by a fast transform has an error of at most about eps * log2(N) *
        |x| |h| (Higham, Accuracy and Stability of Numerical Algorithms, section 24.1). `scale` is that
        product of norms. Without `scale`, the largest finite expected entry is used: with an infinite
        one, every difference would look small.
        """
        value = self.value
        if self.exact or not _rounds(value) or not value.numel():
            return 0.0
        scale = self.scale
        if scale is None or not math.isfinite(scale):
            sizes = value.detach().abs()
            scale = float(sizes[sizes.isfinite()].max()) if bool(sizes.isfinite().any()) else 0.0
        return 8 * torch.finfo(value.dtype).eps * (1 + math.log2(max(value.numel(), 2))) * scale

    def _array_difference(self, obtained: object, expected: np.ndarray[Any, Any]) -> Difference | None:
        """Compare NumPy arrays as tensors. If torch lacks a dtype, compare entry by entry."""
        if not isinstance(obtained, np.ndarray):
            return Difference(f"{kind_of(obtained)} instead of a NumPy array")
        if obtained.dtype != expected.dtype:
            return Difference(f"dtype {obtained.dtype} instead of {expected.dtype}")
        try:
            tensors = [torch.from_numpy(np.array(one)) for one in (obtained, expected)]
        except TypeError:
            same = obtained.shape == expected.shape and bool((obtained == expected).all())
            return (
                None
                if same and expected.size
                else Difference(f"{short(obtained)} instead of {short(expected)}")
            )
        return Expected(tensors[1], exact=self.exact, scale=self.scale).difference(tensors[0])

    def _tensor_difference(self, obtained: object, expected: Tensor) -> Difference | None:
        if not isinstance(obtained, Tensor):
            return Difference(f"{kind_of(obtained)} instead of a tensor")
        if obtained.shape != expected.shape:
            return Difference(f"shape {tuple(obtained.shape)} instead of {tuple(expected.shape)}")
        if obtained.dtype != expected.dtype:
            return Difference(f"dtype {_name(obtained.dtype)} instead of {_name(expected.dtype)}")
        if not expected.numel():
            # Every law holds for an empty tensor, so comparing two of them proves nothing.
            shape = tuple(expected.shape)
            return Difference(
                f"Your result is too small for this test: both sides are empty, of shape {shape}."
            )
        obtained, expected = obtained.detach(), expected.detach()
        distance = _distance(obtained, expected)
        # With `<=`, NaN is never near anything.
        near = distance.abs() <= self.tolerance() if _rounds(expected) else obtained == expected
        if bool(near.all()):
            return None
        wrong = int((~near).sum())
        reason = f"{wrong} of {near.numel()} entries differ" if near.numel() > 1 else "the entry differs"
        return Difference(reason, torch.where(near, torch.zeros_like(distance), distance))


def close(expected: Any, *, scale: float | Tensor | None = None) -> Any:
    """Return an expected value that computed entries must be close to.

    `scale` is the size of the summed terms (for a convolution |x| |h|). Its default is the largest entry of
    `expected`. Shapes, dtypes and kinds must agree exactly.
    """
    return Expected(expected, exact=False, scale=None if scale is None else float(scale))


def exactly(expected: Any) -> Any:
    """Return an expected value for copied entries. They must match bit for bit, except the sign of zero."""
    return Expected(expected, exact=True)


def kind_of(value: object) -> str:
    """Return the term that learners use for this kind of value."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return "a NumPy array"
    if isinstance(value, Tensor):
        return "a tensor"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _plain_difference(obtained: object, expected: object, *, exact: bool) -> Difference | None:
    if isinstance(obtained, Tensor | np.ndarray) or type(obtained) is not type(expected):
        return Difference(f"{kind_of(obtained)} instead of {kind_of(expected)}")
    if not exact and isinstance(expected, float | complex) and isinstance(obtained, float | complex):
        same = bool(obtained == expected) or _is_close(obtained, expected)
    else:
        same = bool(obtained == expected)
    return None if same else Difference(f"{short(obtained)} instead of {short(expected)}")


def _is_close(obtained: complex, expected: complex) -> bool:
    try:
        size = abs(expected)
        allowed = size * (16 * torch.finfo(torch.float64).eps)
        return math.isfinite(size) and abs(obtained - expected) <= allowed
    except OverflowError:
        # For such large complex numbers even `abs` overflows.
        return False


def _rounds(value: Tensor) -> bool:
    return value.is_floating_point() or value.is_complex()


def _distance(obtained: Tensor, expected: Tensor) -> Tensor:
    if not _rounds(expected):
        return obtained.to(torch.int64) - expected.to(torch.int64)
    # Equal infinities are equal, though their difference is NaN.
    return torch.where(obtained == expected, torch.zeros_like(expected), obtained - expected)


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")
