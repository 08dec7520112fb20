"""Putting the simulated device into a process, and finding out beforehand whether that can be done."""

from __future__ import annotations

import contextlib
import os
import sys
import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import torch
from torch.utils import backend_registration

from grader.sandbox import processes
from grader.sandbox.sim import rehearsal
from grader.sandbox.sim.operators import runner
from grader.sandbox.sim.randomness import Generator
from grader.sandbox.sim.tensor import NAME

KEY = "PrivateUse1"
SETUP = "_setup_privateuseone_for_python_backend"
# What makes a tensor of none has none that could answer for the device. torch composes most of these from the
# first two; those that it can't are here as well, and those that are made often.
FACTORIES = (
    *("empty.memory_format", "empty_strided", "tril_indices", "triu_indices", "zeros", "ones", "full"),
    *("scalar_tensor", "arange", "arange.start", "arange.start_step", "eye", "eye.m", "rand", "randn"),
)
# torch.tensor and its like fill a new tensor, or read others' entries, without asking these: only the device.
HIDDEN = ("copy_", "_local_scalar_dense")
DISTRIBUTED = "torch.distributed.tensor"
MAX_REASON = 1000


class Backend:
    """What torch.sim offers, as torch.cuda does."""

    def is_available(self) -> bool:
        """Whether the device can be used."""
        return True

    def is_initialized(self) -> bool:
        """Whether it has been used."""
        return True

    def device_count(self) -> int:
        """Return how many there are."""
        return 1

    def current_device(self) -> int:
        """Return the number of the only one."""
        return 0

    def synchronize(self, device: Any = None) -> None:
        """Wait for nothing: the CPU has done its work when a call returns."""

    def manual_seed(self, seed: int) -> None:
        """Do nothing: its random numbers are the CPU's, which torch.manual_seed sets as well."""

    def manual_seed_all(self, seed: int) -> None:
        """Do nothing, as above."""

    def _is_in_bad_fork(self) -> bool:
        return False


def enable() -> None:
    """Give this process the device `sim`, for good.

    Autograd starts its threads at the first backward pass, and only for the devices that are there: neither
    this process nor the one that it was forked from may have run one. It must end by `os._exit`: a thread
    that lets go of a tensor while Python shuts down aborts the process.
    """
    _kernels()
    with _nothing_distributed():
        torch.zeros((), device=NAME).neg()


@cache
def available() -> str | None:
    """Return None where `enable` will succeed, else why it won't; this process stays as it is."""
    if torch._C._get_privateuse1_backend_name() == NAME:
        return None
    if not hasattr(backend_registration, SETUP):
        return f"torch {torch.__version__} can't have a device that is written in Python"
    if not hasattr(os, "fork"):
        return "this system can't fork, and the device is tried in a process of its own"
    return _rehearsed()


@cache
def _kernels() -> torch.library.Library:
    """Register the device; it lasts as long as what is returned."""
    getattr(backend_registration, SETUP)(NAME, Backend())
    # One kernel for whatever has no other would do, but registering it takes as long as all else in a worker.
    library = torch.library.Library("aten", "IMPL")  # type: ignore[no-untyped-call]
    for name in (*FACTORIES, *HIDDEN):
        library.impl(name, _kernel(name), KEY)  # type: ignore[no-untyped-call]
    # A tensor of zeros without memory, which autograd makes in forward mode; here it has memory.
    library.impl("_efficientzerotensor", _kernel("zeros"), KEY)  # type: ignore[no-untyped-call]
    torch.Generator = Generator  # type: ignore[misc]
    return library


def _kernel(name: str) -> Callable[..., Any]:
    packet, _, overload = name.partition(".")
    run = runner(getattr(getattr(torch.ops.aten, packet), overload or "default"))
    return lambda *args, **kwargs: run(args, kwargs)


@contextlib.contextmanager
def _nothing_distributed() -> Iterator[None]:
    """Spare the first operator an import that takes as long as torch's own.

    It asks whether a tensor is one that is spread over machines, and remembers the class that it is told.
    https://github.com/pytorch/pytorch/blob/main/torch/csrc/autograd/python_variable.cpp
    """
    if DISTRIBUTED in sys.modules:
        yield
        return
    nothing: Any = types.ModuleType(DISTRIBUTED)
    nothing.DTensor = type("DTensor", (torch.Tensor,), {})
    sys.modules[DISTRIBUTED] = nothing
    try:
        yield
    finally:
        del sys.modules[DISTRIBUTED]


def _rehearsed() -> str | None:
    """Try the device in a forked process, and return what went wrong there."""
    reader, writer = os.pipe()

    def child() -> None:
        os.close(reader)
        said = "ok"
        try:
            enable()
            rehearsal.rehearse(NAME)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the answer
            said = f"{type(error).__name__}: {error}"
        # The process that asked may have been killed.
        with contextlib.suppress(BrokenPipeError):
            os.write(writer, said.encode()[:MAX_REASON])

    pid = processes.fork(child)
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read().decode("utf-8", "replace")
    os.waitpid(pid, 0)
    if answer == "ok":
        return None
    if "device_ready_queues_" in answer:
        return "a backward pass has run in this process, after which torch gives no other device a thread"
    return f"torch {torch.__version__} can't carry it here ({answer or 'the process that tried it ended'})"
