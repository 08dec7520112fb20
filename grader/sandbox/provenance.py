"""Finds the lines where a tensor leaves the inputs' device or dtype, or where an input is changed.

This module repeats a failed call and watches each of torch's functions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

Claim = tuple[str, int, str]
KEPT = 20


class OriginMode(TorchFunctionMode):
    """Records tensors that leave the device or dtype, as claims `(what, line, torch's function)`."""

    def __init__(self, function: Callable[..., Any], inputs: list[Tensor]) -> None:
        """Store the learner's function and its input tensors."""
        super().__init__()
        self._path = getattr(sys.modules.get(function.__module__), "__file__", None)
        self._inputs = inputs
        self._home = inputs[0].device.type
        self._versions = self._written()
        # Kept alive, because the `id` of a deleted tensor can be used again.
        self._kept: list[Tensor] = []
        self._origins: dict[int, Claim] = {}
        self._dtypes: dict[int, Claim] = {}
        self.claims: list[Claim] = []

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run a function, and record what happened to its arguments."""
        del types
        kwargs = kwargs or {}
        name = str(getattr(func, "__name__", func))
        given = list(_tensors((args, tuple(kwargs.values()))))
        try:
            result = func(*args, **kwargs)
        except Exception:
            self._refused(name, given)
            raise
        self._note(name, given, result)
        return result

    def finish(self, result: Any) -> list[Claim]:
        """Return the claims. Claims about the result come first."""
        for part in _tensors((result,)):
            self.claims[:0] = [
                noted[id(part)] for noted in (self._origins, self._dtypes) if id(part) in noted
            ]
        return self.claims[:KEPT]

    def _refused(self, name: str, given: list[Tensor]) -> None:
        """Record where arguments on another device came from, after a function has raised an exception."""
        strangers = sorted((one for one in given if self._is_stranger(one)), key=lambda one: -one.dim())
        self.claims += [self._origins[id(one)] for one in strangers if id(one) in self._origins]
        self.claims.append(("refused", self._line(), name))

    def _note(self, name: str, given: list[Tensor], result: Any) -> None:
        line = self._line()
        if (versions := self._written()) != self._versions:
            self._versions = versions
            self.claims.append(("written", line, name))
        for part in _tensors((result,)):
            if id(part) in self._origins or id(part) in self._dtypes:
                continue
            if self._is_stranger(part):
                self._keep(self._origins, part, given, ("device", line, name))
            if part.dtype != self._inputs[0].dtype:
                self._keep(self._dtypes, part, given, ("dtype", line, name))

    def _keep(self, noted: dict[int, Claim], part: Tensor, given: list[Tensor], claim: Claim) -> None:
        """Record a tensor's origin, which is the origin of the arguments if that is known."""
        same = noted is self._origins
        before = [noted[id(one)] for one in given if id(one) in noted and (same or one.dtype == part.dtype)]
        noted[id(part)] = before[0] if before else claim
        self._kept.append(part)

    def _is_stranger(self, tensor: Tensor) -> bool:
        return tensor.device.type != self._home

    def _written(self) -> list[int]:
        return [one._version for one in self._inputs]

    def _line(self) -> int:
        frame = sys._getframe(1)
        while frame.f_back is not None and frame.f_code.co_filename != self._path:
            frame = frame.f_back
        return frame.f_lineno if frame.f_code.co_filename == self._path else 0


def claims(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> list[Claim]:
    """Call a function, and return the claims about it. Its exception is already known and is ignored."""
    inputs = list(_tensors((args, tuple(kwargs.values()))))
    if not inputs:
        return []
    watch = OriginMode(function, inputs)
    result = None
    try:
        with watch, torch.no_grad():
            result = function(*args, **kwargs)
    except BaseException:  # noqa: BLE001, S110 - already judged; SystemExit and the like are answers too
        pass
    return watch.finish(result)


def _tensors(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _tensors(part)
