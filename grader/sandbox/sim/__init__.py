"""The simulated accelerator `sim`: a device for machines without one, where device mistakes fail as on CUDA.

Its tensors hold others on the CPU and say that they lie on `sim:0`. Each of torch's operators is carried out
on what they hold, unless CUDA would have refused what it was given.
"""

from __future__ import annotations

from torch import Tensor

from grader.sandbox.array_codec import Unsendable
from grader.sandbox.sim.registration import available, enable
from grader.sandbox.sim.tensor import NAME, Accelerated, wrap

__all__ = ["NAME", "SLOWNESS", "available", "enable", "is_sim", "to_host", "to_sim"]

# How many times longer a call may take than on a real device: each operator passes through Python.
SLOWNESS = 10


def is_sim(value: object) -> bool:
    """Whether a value is a tensor on the simulated device."""
    return type(value) is Accelerated


def to_sim(tensor: Tensor) -> Tensor:
    """Return a copy of a CPU tensor on the simulated device, strides kept; autograd doesn't know of it."""
    return wrap(tensor.detach().clone())


def to_host(tensor: Tensor) -> Tensor:
    """Return the entries of a tensor on the simulated device; refuse one that isn't there."""
    if not isinstance(tensor, Accelerated):
        raise Unsendable(f"a tensor on `{tensor.device.type}`, while the inputs are on `{NAME}`")
    return tensor.host
