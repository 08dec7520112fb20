"""Refuses what CUDA refuses, such as tensors on two devices in one operator, with the same exceptions.

The exceptions are that copies may go to any device, indices may be on the CPU, and a tensor without axes
counts as a number in operators that take numbers.
https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/TensorIterator.cpp
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from grader.sandbox.sim.randomness import is_simulated
from grader.sandbox.sim.tensor import NAME, Accelerated

INDEXING = {"index", "index_put"}
# In addition to those that torch tags as pointwise.
NUMBERS = {"fill", "masked_fill", "index_fill", "floor_divide", "rsub"}
PRODUCTS = {
    *("mm", "bmm", "mv", "dot", "vdot", "addmm", "addmm_", "addmv", "addmv_"),
    *("addbmm", "baddbmm", "baddbmm_", "convolution", "convolution_backward"),
}


def admit(operator: Any, args: tuple[Any, ...], strangers: list[Tensor]) -> None:
    """Accept tensors on another device, or raise CUDA's error."""
    name = operator.overloadpacket.__name__
    if name == "copy_" or not any(_reside(part) for part in args):
        return
    receiver, kind = args[0], name.removesuffix("_")
    if kind in INDEXING:
        if not _reside(receiver):
            raise _foreign_indices(receiver)
        strangers = [part for part in strangers if all(part is not index for index in args[1])]
    elif not (torch.Tag.pointwise in operator.tags or kind in NUMBERS):
        raise _mixed(strangers[0])
    written = name.endswith("_") and not _reside(receiver)
    if written or any(part.dim() for part in strangers):
        raise _mixed(strangers[0])


def admit_outputs(outputs: list[Tensor]) -> None:
    """Raise CUDA's error if an `out=` tensor is on another device."""
    for output in outputs:
        if type(output) is not Accelerated:
            raise _mixed(output)


def admit_generator(generator: torch.Generator) -> None:
    """Raise CUDA's error for a generator that belongs to another device."""
    if not is_simulated(generator):
        found = generator.device.type
        raise RuntimeError(f"Expected a '{NAME}' device type for generator but found '{found}'")


def admit_product(operator: Any, hosts: list[Any]) -> None:
    """Raise CUDA's error for a product of integers, which CUDA doesn't support."""
    dtype = hosts[0].dtype
    if not (dtype.is_floating_point or dtype.is_complex):
        kind = hosts[0].type().rpartition(".")[2].removesuffix("Tensor")
        raise RuntimeError(f"\"{operator.overloadpacket.__name__}_{NAME}\" not implemented for '{kind}'")


def _reside(value: Any) -> bool:
    """Whether a tensor, or any tensor in a list, is on the simulated device."""
    if isinstance(value, list | tuple):
        return any(map(_reside, value))
    return type(value) is Accelerated


def _mixed(stranger: Tensor) -> RuntimeError:
    return RuntimeError(
        "Expected all tensors to be on the same device, but found at least two devices, "
        f"{NAME}:0 and {stranger.device}!"
    )


def _foreign_indices(receiver: Tensor) -> RuntimeError:
    device = receiver.device
    return RuntimeError(
        f"indices should be either on {device} or on the same device as the indexed tensor ({device})"
    )
