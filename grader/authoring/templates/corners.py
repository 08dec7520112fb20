"""Break one corner case of a function. `grade check --mutants` appends this text to a reference.

`broken(function, corner, *details)` returns the function with one corner case broken. Corner cases don't
depend on the exercise. The code runs in a worker like a submission, so it imports torch but nothing from
the grader.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from grader.authoring.templates.corner_changes import (
    LARGE,
    SIZES,
    TINY,
    At,
    Call,
    each,
    given,
    mixed_up,
    numbers,
    parts,
    tensors,
    unseen,
    with_argument,
    wrong,
    wrong_by_scale,
)


def broken(function: Call, corner: str, *details: Any) -> Call:
    """Return the function with one corner case broken."""
    wrap = CORNERS[corner]
    state = {"calls": 0}

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        state["calls"] += 1
        if corner == "calls":
            result = function(*args, **kwargs)
            return wrong(result) if state["calls"] > details[0] else result
        return wrap(function, args, kwargs, *details)

    return wrapper


# The wrong results of a broken corner.


# The corners.


def half(function: Call, args: Any, kwargs: Any) -> Any:
    """Lose precision: convert the result to float16 and back. For complex numbers, convert both parts."""
    narrow = parts(lambda one: one.half().to(one.dtype))
    return each(function(*args, **kwargs), narrow)


def single(function: Call, args: Any, kwargs: Any) -> Any:
    """Lose double precision: convert the result to float32 and back."""
    narrow = parts(lambda one: one.float().to(one.dtype))
    return each(function(*args, **kwargs), narrow)


def rounded(function: Call, args: Any, kwargs: Any, decimals: int) -> Any:
    """Round the result. Gradients stay unchanged."""
    return each(function(*args, **kwargs), unseen(lambda one: one.round(decimals=decimals)))


def truncated(function: Call, args: Any, kwargs: Any) -> Any:
    """Truncate the result to integers. Gradients stay unchanged."""
    return each(function(*args, **kwargs), unseen(torch.trunc))


def clamped(function: Call, args: Any, kwargs: Any) -> Any:
    """Clamp the result to the range of 16-bit integers."""
    return each(function(*args, **kwargs), parts(lambda one: one.clamp(-LARGE - 1, LARGE)))


def entries(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Scramble the result if a tensor has more than `most` entries along an axis."""
    sizes = [size for one in tensors(args, kwargs) for size in one.shape]
    result = function(*args, **kwargs)
    return mixed_up(result) if max(sizes, default=0) > most else result


def taps(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Scramble the result if every tensor, including the kernel, has more than `most` entries."""
    sizes = [max(one.shape) for one in tensors(args, kwargs) if one.dim()]
    result = function(*args, **kwargs)
    return mixed_up(result) if min(sizes, default=0) > most else result


def rows(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Set the rows of the result beyond `most` to zero."""

    def cut(value: Tensor) -> Tensor:
        if not value.dim() or len(value) <= most:
            return value
        return torch.cat((value[:most], torch.zeros_like(value[most:])))

    return each(function(*args, **kwargs), cut)


def columns(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Set the columns of the result beyond `most` to zero."""

    def cut(value: Tensor) -> Tensor:
        if value.dim() < 2 or value.shape[-1] <= most:
            return value
        return torch.cat((value[..., :most], torch.zeros_like(value[..., most:])), dim=-1)

    return each(function(*args, **kwargs), cut)


def integer(function: Call, args: Any, kwargs: Any, at: At, most: int) -> Any:
    """Limit an integer argument to `most`."""

    def cut(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return type(value)(cut(one) for one in value)
        return min(value, most) if isinstance(value, int) else value

    args, kwargs = with_argument(args, kwargs, at, cut)
    return function(*args, **kwargs)


def dtype(function: Call, args: Any, kwargs: Any, name: str) -> Any:
    """Return a wrong result for one dtype only."""
    result = function(*args, **kwargs)
    seen = tensors(args, kwargs)
    return wrong(result) if seen and seen[0].dtype is getattr(torch, name) else result


def detached(function: Call, args: Any, kwargs: Any, name: str) -> Any:
    """Cut off the gradient for one dtype only."""
    result = function(*args, **kwargs)
    seen = tensors(args, kwargs)
    return each(result, Tensor.detach) if seen and seen[0].dtype is getattr(torch, name) else result


def in_place(function: Call, args: Any, kwargs: Any, at: At, name: str) -> Any:
    """Change an argument in place, for one dtype only."""
    result = each(function(*args, **kwargs), Tensor.clone)
    value = given(args, kwargs, at)
    if isinstance(value, Tensor) and value.dtype is getattr(torch, name) and value.numel():
        with torch.no_grad():
            value[(0,) * value.dim()] += 1
    return result


def whole(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Truncate an argument to integers."""
    args, kwargs = with_argument(args, kwargs, at, lambda one: each(one, unseen(torch.trunc)))
    return function(*args, **kwargs)


def beyond(function: Call, args: Any, kwargs: Any, most: float) -> Any:
    """Return a wrong result if an entry is larger than `most` in absolute value."""
    result = function(*args, **kwargs)
    return wrong_by_scale(result) if bool((numbers(args, kwargs).abs() > most).any()) else result


def tiny(function: Call, args: Any, kwargs: Any) -> Any:
    """Treat entries below 1e-5 as zero."""

    def cut(value: Any) -> Any:
        return each(value, unseen(lambda one: torch.where(one.abs() < TINY, torch.zeros_like(one), one)))

    return function(*map(cut, args), **{name: cut(value) for name, value in kwargs.items()})


def negative(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Read an argument's negative entries as positive ones."""
    args, kwargs = with_argument(args, kwargs, at, lambda one: each(one, unseen(torch.abs)))
    return function(*args, **kwargs)


def equal(function: Call, args: Any, kwargs: Any) -> Any:
    """Return a wrong result if the last entry of a tensor equals an earlier one."""
    result = function(*args, **kwargs)
    flat = [one.detach().flatten() for one in tensors(args, kwargs) if one.numel() > 1]
    return wrong(result) if any(bool((one[:-1] == one[-1]).any()) for one in flat) else result


def permuted(function: Call, args: Any, kwargs: Any, at: At, axis: int) -> Any:
    """Reverse an axis except for its first item, if the axis has at least three items."""

    def swapped(value: Any) -> Any:
        if not isinstance(value, Tensor) or value.dim() <= axis or value.shape[axis] < 3:
            return value
        first, others = value.narrow(axis, 0, 1), value.narrow(axis, 1, value.shape[axis] - 1)
        return torch.cat((first, others.flip(axis)), dim=axis)

    args, kwargs = with_argument(args, kwargs, at, swapped)
    return function(*args, **kwargs)


def gaps(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Read a non-contiguous argument as if it were contiguous."""

    def packed(value: Any) -> Any:
        if not isinstance(value, Tensor) or value.is_contiguous():
            return value
        steps = torch.empty(value.shape, device="meta").stride()
        return value + (value.detach().as_strided(value.shape, steps) - value).detach()

    args, kwargs = with_argument(args, kwargs, at, packed)
    return function(*args, **kwargs)


def sizes(function: Call, args: Any, kwargs: Any, at: At, kind: str) -> Any:
    """Be correct only if an argument's length is of one kind: even, odd, not prime, or a power of two."""
    value = given(args, kwargs, at)
    size = value.shape[-1] if isinstance(value, Tensor) and value.dim() else value
    result = function(*args, **kwargs)
    return mixed_up(result) if isinstance(size, int) and size > 2 and not SIZES[kind](size) else result


def square(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Transpose an argument that is square and at least 3 x 3."""

    def turned(value: Any) -> Any:
        is_square = isinstance(value, Tensor) and value.dim() >= 2 and value.shape[-1] == value.shape[-2] > 2
        return value.transpose(-1, -2) if is_square else value

    args, kwargs = with_argument(args, kwargs, at, turned)
    return function(*args, **kwargs)


def domain(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Raise only if an argument is outside the domain by more than one step."""
    try:
        return function(*args, **kwargs)
    except ValueError:
        for change in NEAR:
            try:
                nearer = with_argument(args, kwargs, at, change)
                return function(*nearer[0], **nearer[1])
            except (ValueError, TypeError, IndexError, RuntimeError):
                continue
        raise


def _moved(step: int) -> Callable[[Any], Any]:
    """Return a change that moves an argument by one step towards the domain."""

    def moved(value: Any) -> Any:
        if isinstance(value, Tensor):
            return (
                torch.cat((value, value.new_ones(*value.shape[:-1], 1)), dim=-1)
                if step > 0
                else value[..., :-1]
            )
        if isinstance(value, tuple):
            return tuple(one + step for one in value)
        return value + step

    return moved


NEAR = (_moved(1), _moved(-1))
CORNERS: dict[str, Callable[..., Any]] = {
    "half": half,
    "single": single,
    "rounded": rounded,
    "truncated": truncated,
    "clamped": clamped,
    "entries": entries,
    "taps": taps,
    "rows": rows,
    "columns": columns,
    "integer": integer,
    "dtype": dtype,
    "detached": detached,
    "in_place": in_place,
    "whole": whole,
    "beyond": beyond,
    "tiny": tiny,
    "negative": negative,
    "equal": equal,
    "permuted": permuted,
    "gaps": gaps,
    "sizes": sizes,
    "square": square,
    "domain": domain,
    "calls": wrong,
}
