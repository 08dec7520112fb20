"""The simulated accelerator `sim`, for machines without a GPU. Device mistakes fail on it just as on CUDA.

Its tensors hold CPU tensors and report the device `sim:0`. Each of torch's operators runs on the CPU tensors,
unless CUDA would refuse its arguments.
"""

from __future__ import annotations

from torch import Tensor

from grader.sandbox.array_codec import Unsendable
from grader.sandbox.sim.registration import available, enable
from grader.sandbox.sim.tensor import NAME, Accelerated, wrap

__all__ = ["NAME", "SLOWNESS", "available", "enable", "is_sim", "to_host", "to_sim"]

# How many times longer a call may take than on a real device, because each operator goes through Python.
SLOWNESS = 10


def is_sim(value: object) -> bool:
    """Whether a value is a tensor on the simulated device."""
    return type(value) is Accelerated


def to_sim(tensor: Tensor) -> Tensor:
    """Return a detached copy of a CPU tensor on the simulated device, with the same strides."""
    return wrap(tensor.detach().clone())


def to_host(tensor: Tensor) -> Tensor:
    """Return the CPU tensor of a tensor on the simulated device. Refuse a tensor on another device."""
    if not isinstance(tensor, Accelerated):
        raise Unsendable(f"a tensor on `{tensor.device.type}`, while the inputs are on `{NAME}`")
    return tensor.host
