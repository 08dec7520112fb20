"""Functions that are right but for one corner: `grade check --mutants` appends this text to a reference.

`broken(function, corner, *details)` is the function with one corner broken; what is broken knows nothing of
the exercise. It runs where a submission runs, so it imports torch and nothing of the grader.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

Call = Callable[..., Any]
# Where an argument is: among the positional ones, or by its name.
At = tuple[int, str]
TINY, LARGE = 1e-5, 2**15 - 1


def broken(function: Call, corner: str, *details: Any) -> Call:
    """Return the function with a corner broken."""
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


# What a broken corner answers.


def wrong(value: Any) -> Any:
    """Return another value of the same kind, shape and dtype."""
    if isinstance(value, Tensor):
        return value + torch.ones_like(value) if value.dtype is not torch.bool else ~value
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return value[::-1]
    return (wrong(value[0]), *value[1:]) if isinstance(value, tuple) and value else value


def mixed_up(value: Any) -> Any:
    """Return the value with the order of its entries on the last axis reversed."""
    return value.flip(-1) if isinstance(value, Tensor) and value.dim() else wrong(value)


def each(value: Any, change: Callable[[Tensor], Tensor]) -> Any:
    """Return the value with its floating and complex tensors changed."""
    if isinstance(value, tuple):
        return tuple(each(one, change) for one in value)
    is_number = isinstance(value, Tensor) and (value.is_floating_point() or value.is_complex())
    return change(value) if is_number else value


def parts(change: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a change of real numbers for complex ones too, on both parts."""

    def changed(value: Tensor) -> Tensor:
        if value.is_complex():
            return torch.complex(change(value.real), change(value.imag))
        return change(value)

    return changed


def unseen(change: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a change of the entries through which gradients pass as if there were none."""
    return parts(lambda value: value + (change(value) - value).detach())


def tensors(args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Tensor]:
    """Return the tensors among the arguments."""
    return [one for one in (*args, *kwargs.values()) if isinstance(one, Tensor)]


def numbers(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Tensor:
    """Return all real entries of the tensors among the arguments."""
    flat = [one.detach().resolve_conj().flatten() for one in tensors(args, kwargs)]
    real = [part for one in flat for part in ((one.real, one.imag) if one.is_complex() else (one,))]
    return torch.cat([one.double() for one in real]) if real else torch.zeros(0)


def with_argument(
    args: tuple[Any, ...], kwargs: dict[str, Any], at: At, change: Callable[[Any], Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments with one of them changed, where it was given."""
    place, name = at
    if place < len(args):
        return (*args[:place], change(args[place]), *args[place + 1 :]), kwargs
    return args, {**kwargs, name: change(kwargs[name])} if name in kwargs else kwargs


def given(args: tuple[Any, ...], kwargs: dict[str, Any], at: At) -> Any:
    """Return an argument, None where it wasn't given."""
    place, name = at
    return args[place] if place < len(args) else kwargs.get(name)


# The corners.


def half(function: Call, args: Any, kwargs: Any) -> Any:
    """Compute in half precision on the way: the last step goes through float16, or complex of float16."""
    narrow = parts(lambda one: one.half().to(one.dtype))
    return each(function(*args, **kwargs), narrow)


def single(function: Call, args: Any, kwargs: Any) -> Any:
    """Lose double precision on the way: the last step goes through float32."""
    narrow = parts(lambda one: one.float().to(one.dtype))
    return each(function(*args, **kwargs), narrow)


def rounded(function: Call, args: Any, kwargs: Any, decimals: int) -> Any:
    """Round the answer; gradients pass."""
    return each(function(*args, **kwargs), unseen(lambda one: one.round(decimals=decimals)))


def truncated(function: Call, args: Any, kwargs: Any) -> Any:
    """Truncate the answer to integers; gradients pass."""
    return each(function(*args, **kwargs), unseen(torch.trunc))


def clamped(function: Call, args: Any, kwargs: Any) -> Any:
    """Clamp the answer to what 16 bits hold."""
    return each(function(*args, **kwargs), parts(lambda one: one.clamp(-LARGE - 1, LARGE)))


def entries(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Mix up the answer where a tensor has more entries than that on an axis."""
    sizes = [size for one in tensors(args, kwargs) for size in one.shape]
    result = function(*args, **kwargs)
    return mixed_up(result) if max(sizes, default=0) > most else result


def taps(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Mix up the answer where every tensor has more entries than that, so the kernel too."""
    sizes = [max(one.shape) for one in tensors(args, kwargs) if one.dim()]
    result = function(*args, **kwargs)
    return mixed_up(result) if min(sizes, default=0) > most else result


def rows(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Leave what the answer has beyond so many rows at zero."""

    def cut(value: Tensor) -> Tensor:
        if not value.dim() or len(value) <= most:
            return value
        return torch.cat((value[:most], torch.zeros_like(value[most:])))

    return each(function(*args, **kwargs), cut)


def columns(function: Call, args: Any, kwargs: Any, most: int) -> Any:
    """Leave what the answer has beyond so many columns at zero."""

    def cut(value: Tensor) -> Tensor:
        if value.dim() < 2 or value.shape[-1] <= most:
            return value
        return torch.cat((value[..., :most], torch.zeros_like(value[..., most:])), dim=-1)

    return each(function(*args, **kwargs), cut)


def integer(function: Call, args: Any, kwargs: Any, at: At, most: int) -> Any:
    """Cut an integer argument at so much."""

    def cut(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return type(value)(cut(one) for one in value)
        return min(value, most) if isinstance(value, int) else value

    args, kwargs = with_argument(args, kwargs, at, cut)
    return function(*args, **kwargs)


def dtype(function: Call, args: Any, kwargs: Any, name: str) -> Any:
    """Be wrong for one dtype only."""
    result = function(*args, **kwargs)
    seen = tensors(args, kwargs)
    return wrong(result) if seen and seen[0].dtype is getattr(torch, name) else result


def detached(function: Call, args: Any, kwargs: Any, name: str) -> Any:
    """Cut the gradient off for one dtype only."""
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
    """Read an argument's fractions as integers."""
    args, kwargs = with_argument(args, kwargs, at, lambda one: each(one, unseen(torch.trunc)))
    return function(*args, **kwargs)


def beyond(function: Call, args: Any, kwargs: Any, most: float) -> Any:
    """Be wrong where an entry is beyond that."""
    result = function(*args, **kwargs)
    return wrong_by_scale(result) if bool((numbers(args, kwargs).abs() > most).any()) else result


def tiny(function: Call, args: Any, kwargs: Any) -> Any:
    """Take an entry for zero where it is below 1e-5."""

    def cut(value: Any) -> Any:
        return each(value, unseen(lambda one: torch.where(one.abs() < TINY, torch.zeros_like(one), one)))

    return function(*map(cut, args), **{name: cut(value) for name, value in kwargs.items()})


def negative(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Read an argument's negative entries as positive ones."""
    args, kwargs = with_argument(args, kwargs, at, lambda one: each(one, unseen(torch.abs)))
    return function(*args, **kwargs)


def equal(function: Call, args: Any, kwargs: Any) -> Any:
    """Be wrong where a tensor's last entry is among those before it."""
    result = function(*args, **kwargs)
    flat = [one.detach().flatten() for one in tensors(args, kwargs) if one.numel() > 1]
    return wrong(result) if any(bool((one[:-1] == one[-1]).any()) for one in flat) else result


def permuted(function: Call, args: Any, kwargs: Any, at: At, axis: int) -> Any:
    """Read what an axis has from its third item on in another order."""

    def swapped(value: Any) -> Any:
        if not isinstance(value, Tensor) or value.dim() <= axis or value.shape[axis] < 3:
            return value
        first, others = value.narrow(axis, 0, 1), value.narrow(axis, 1, value.shape[axis] - 1)
        return torch.cat((first, others.flip(axis)), dim=axis)

    args, kwargs = with_argument(args, kwargs, at, swapped)
    return function(*args, **kwargs)


def gaps(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Read an argument that lies in memory with gaps as if it had none."""

    def packed(value: Any) -> Any:
        if not isinstance(value, Tensor) or value.is_contiguous():
            return value
        steps = torch.empty(value.shape, device="meta").stride()
        return value + (value.detach().as_strided(value.shape, steps) - value).detach()

    args, kwargs = with_argument(args, kwargs, at, packed)
    return function(*args, **kwargs)


def sizes(function: Call, args: Any, kwargs: Any, at: At, kind: str) -> Any:
    """Be right only where an argument's length is even, odd, no prime, or a power of two."""
    value = given(args, kwargs, at)
    size = value.shape[-1] if isinstance(value, Tensor) and value.dim() else value
    result = function(*args, **kwargs)
    return mixed_up(result) if isinstance(size, int) and size > 2 and not SIZES[kind](size) else result


def square(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Transpose an argument where it is square, and at least 3 x 3."""

    def turned(value: Any) -> Any:
        is_square = isinstance(value, Tensor) and value.dim() >= 2 and value.shape[-1] == value.shape[-2] > 2
        return value.transpose(-1, -2) if is_square else value

    args, kwargs = with_argument(args, kwargs, at, turned)
    return function(*args, **kwargs)


def domain(function: Call, args: Any, kwargs: Any, at: At) -> Any:
    """Raise for an argument only where it is outside of the domain by more than a little."""
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


def wrong_by_scale(value: Any) -> Any:
    """Return the value a thousandth too large: far more than rounding, at any size."""
    return each(value, lambda one: one * 1.001) if _has_numbers(value) else wrong(value)


def _has_numbers(value: Any) -> bool:
    return isinstance(value, Tensor) and (value.is_floating_point() or value.is_complex())


def _is_prime(size: int) -> bool:
    return size > 1 and all(size % other for other in range(2, int(size**0.5) + 1))


def _moved(step: int) -> Callable[[Any], Any]:
    """Return a change that brings an argument nearer to the domain by one step."""

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


SIZES: dict[str, Callable[[int], bool]] = {
    "even": lambda size: size % 2 == 0,
    "odd": lambda size: size % 2 == 1,
    "no prime": lambda size: not _is_prime(size),
    "a power of two": lambda size: size & (size - 1) == 0,
}
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
