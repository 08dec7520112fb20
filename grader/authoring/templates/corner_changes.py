"""Wrong results, and access to arguments by position or name. `corners.py` uses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

Call = Callable[..., Any]
# An argument by its position and its name.
At = tuple[int, str]
TINY, LARGE = 1e-5, 2**15 - 1


def wrong(value: Any) -> Any:
    """Return a different value of the same kind, shape and dtype."""
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
    """Return the value with its floating-point and complex tensors changed."""
    if isinstance(value, tuple):
        return tuple(each(one, change) for one in value)
    is_number = isinstance(value, Tensor) and (value.is_floating_point() or value.is_complex())
    return change(value) if is_number else value


def parts(change: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Extend a change of real numbers to complex numbers by applying it to both parts."""

    def changed(value: Tensor) -> Tensor:
        if value.is_complex():
            return torch.complex(change(value.real), change(value.imag))
        return change(value)

    return changed


def unseen(change: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a change of the entries that leaves gradients unchanged."""
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
    """Return the arguments with one of them changed, if it was given."""
    place, name = at
    if place < len(args):
        return (*args[:place], change(args[place]), *args[place + 1 :]), kwargs
    return args, {**kwargs, name: change(kwargs[name])} if name in kwargs else kwargs


def given(args: tuple[Any, ...], kwargs: dict[str, Any], at: At) -> Any:
    """Return an argument, or None if it wasn't given."""
    place, name = at
    return args[place] if place < len(args) else kwargs.get(name)


def wrong_by_scale(value: Any) -> Any:
    """Return the value increased by a thousandth, which is far more than a rounding error at any scale."""
    return each(value, lambda one: one * 1.001) if _has_numbers(value) else wrong(value)


def _has_numbers(value: Any) -> bool:
    return isinstance(value, Tensor) and (value.is_floating_point() or value.is_complex())


def _is_prime(size: int) -> bool:
    return size > 1 and all(size % other for other in range(2, int(size**0.5) + 1))


SIZES: dict[str, Callable[[int], bool]] = {
    "even": lambda size: size % 2 == 0,
    "odd": lambda size: size % 2 == 1,
    "no prime": lambda size: not _is_prime(size),
    "a power of two": lambda size: size & (size - 1) == 0,
}
