"""Calls a function in each mode: for its value, for gradients, or to record how it gets its answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import FrameType
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from grader.sandbox import dependence, provenance, threads
from grader.sandbox.array_codec import Unsendable
from grader.sandbox.dependence import PRODUCTS, transform_length
from grader.sandbox.wire import Mode

CONVOLUTIONS = {
    "convolution",
    "_convolution",
    "mkldnn_convolution",
    "conv1d",
    "conv2d",
    "_slow_conv2d_forward",
}


LIBRARIES = ("numpy", "scipy")


class Witness(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Records torch's operators by name, and the number of multiplications or elements written.

    NumPy and SciPy don't go through torch. `notice` below records their functions.
    """

    def __init__(self) -> None:
        """Start with nothing recorded."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.names: set[str] = set()
        self.cost = 0

    def notice(self, frame: FrameType, event: str, called: Any) -> None:
        """Record a call of a NumPy or SciPy function. This is a profile function for the interpreter."""
        if event == "call":
            module, name = frame.f_globals.get("__name__"), frame.f_code.co_name
        elif event == "c_call":
            module, name = getattr(called, "__module__", None), getattr(called, "__name__", "")
        else:
            return
        library = str(module).partition(".")[0]
        if library in LIBRARIES:
            self.names.add(f"{library}.{name}")


def _witnessed(
    self: Witness, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
) -> Any:
    """Run an operator and record it."""
    del types
    result = func(*args, **(kwargs or {}))
    name = func.overloadpacket.__name__
    self.names.add(name)
    self.cost += _cost(name, args, result)
    return result


# torch would wrap a method defined in the class. Its first call would import torch's compiler, which takes as
# long as importing torch: https://github.com/pytorch/pytorch/blob/main/torch/_compile.py
Witness.__torch_dispatch__ = _witnessed  # type: ignore[method-assign,assignment]


def run(
    mode: Mode, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], cotangent: Any
) -> Any:
    """Call a function in the requested mode."""
    if mode == "call":
        return function(*args, **kwargs)
    if mode == "inputs_after":
        function(*args, **kwargs)
        return tuple(args) + tuple(kwargs.values())
    if mode == "vjp":
        return _vjp(function, args, kwargs, cotangent)
    if mode == "origins":
        return [list(one) for one in provenance.claims(function, args, kwargs)]
    if mode in ("transforms", "products"):
        return dependence.decisive(mode, function, args, kwargs)
    witness = Witness()
    with threads.watched(witness, witness.notice if mode == "operators" else None):
        function(*args, **kwargs)
    return witness.cost if mode == "cost" else sorted(witness.names)


def _vjp(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], cotangent: Tensor) -> Any:
    """Return the gradient of <cotangent, f(inputs)> for each tensor input, or None if no gradient flows."""
    inputs = [value.requires_grad_() for value in (*args, *kwargs.values()) if isinstance(value, Tensor)]
    result = function(*args, **kwargs)
    if result is None:
        # Else it would look like a result through which no gradient flows.
        raise Unsendable("None")
    if not isinstance(result, Tensor):
        return result
    if result.shape != cotangent.shape:
        raise Unsendable(f"a tensor of shape {tuple(result.shape)} instead of {tuple(cotangent.shape)}")
    if not result.requires_grad:
        gradients: tuple[Tensor | None, ...] = (None,) * len(inputs)
    else:
        # Passing the cotangent to torch would import its symbolic shapes, which is slow in each worker.
        inner = (result * cotangent.conj()).sum()
        gradients = torch.autograd.grad(
            inner.real if inner.is_complex() else inner, inputs, allow_unused=True
        )
    return gradients[0] if len(inputs) == 1 else gradients


def _cost(name: str, args: tuple[Any, ...], result: Any) -> int:
    written = sum(part.numel() for part in _tensors(result))
    operands = list(_tensors(args))
    if name in PRODUCTS and operands:
        left = operands[-2] if len(operands) > 1 else operands[0]
        return max(written, 1) * left.shape[-1]
    if name in CONVOLUTIONS and len(operands) > 1:
        weight = operands[1]
        return written * (weight.numel() // max(weight.shape[0], 1))
    if name.startswith("_fft") and operands:
        size = max(written, operands[0].numel())
        return size * max(1, math.ceil(math.log2(max(transform_length(name, args), 2))))
    return written


def _tensors(value: Any) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, list | tuple):
        return [tensor for part in value for tensor in _tensors(part)]
    return []
