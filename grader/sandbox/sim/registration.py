"""Registers the simulated device in a process, and checks beforehand whether that works."""

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
# Operators that make new tensors: no argument is a tensor that could dispatch them. torch composes most from
# the first two. This list adds those that it can't compose, and those that are used often.
FACTORIES = (
    *("empty.memory_format", "empty_strided", "tril_indices", "triu_indices", "zeros", "ones", "full"),
    *("scalar_tensor", "arange", "arange.start", "arange.start_step", "eye", "eye.m", "rand", "randn"),
)
# torch.tensor and similar functions call these for the device, and not through its tensors.
HIDDEN = ("copy_", "_local_scalar_dense")
DISTRIBUTED = "torch.distributed.tensor"
MAX_REASON = 1000


class Backend:
    """The functions of torch.sim, which mirror those of torch.cuda."""

    def is_available(self) -> bool:
        """Whether the device can be used."""
        return True

    def is_initialized(self) -> bool:
        """Whether it has been used."""
        return True

    def device_count(self) -> int:
        """Return the number of devices."""
        return 1

    def current_device(self) -> int:
        """Return the index of the only device."""
        return 0

    def synchronize(self, device: Any = None) -> None:
        """Do nothing: the CPU has finished when a call returns."""

    def manual_seed(self, seed: int) -> None:
        """Do nothing: random numbers come from the CPU, which torch.manual_seed also seeds."""

    def manual_seed_all(self, seed: int) -> None:
        """Do nothing, for the same reason as `manual_seed`."""

    def _is_in_bad_fork(self) -> bool:
        return False


def enable() -> None:
    """Register the device `sim` in this process, permanently.

    Autograd starts its threads at the first backward pass, for the devices that exist then. So this
    process and its parent must not have run a backward pass before. The process must end with
    `os._exit`: a thread that releases a tensor while Python shuts down aborts the process.
    """
    _kernels()
    with _nothing_distributed():
        torch.zeros((), device=NAME).neg()


@cache
def available() -> str | None:
    """Return None if `enable` will succeed, otherwise the reason. Doesn't change this process."""
    if torch._C._get_privateuse1_backend_name() == NAME:
        return None
    if not hasattr(backend_registration, SETUP):
        return f"torch {torch.__version__} can't have a device that is written in Python"
    if not hasattr(os, "fork"):
        return "this system can't fork, and the device must be tried in a separate process"
    return _rehearsed()


@cache
def _kernels() -> torch.library.Library:
    """Register the device. It exists as long as the returned library object does."""
    getattr(backend_registration, SETUP)(NAME, Backend())
    # One fallback kernel would do, but registering it takes as long as all else in a worker.
    library = torch.library.Library("aten", "IMPL")  # type: ignore[no-untyped-call]
    for name in (*FACTORIES, *HIDDEN):
        library.impl(name, _kernel(name), KEY)  # type: ignore[no-untyped-call]
    # Autograd makes zeros without memory in forward mode. Here they have memory.
    library.impl("_efficientzerotensor", _kernel("zeros"), KEY)  # type: ignore[no-untyped-call]
    torch.Generator = Generator  # type: ignore[misc]
    return library


def _kernel(name: str) -> Callable[..., Any]:
    packet, _, overload = name.partition(".")
    run = runner(getattr(getattr(torch.ops.aten, packet), overload or "default"))
    return lambda *args, **kwargs: run(args, kwargs)


@contextlib.contextmanager
def _nothing_distributed() -> Iterator[None]:
    """Prevent the first operator from starting an import, which would take as long as importing torch.

    The operator checks whether a tensor is a DTensor, and remembers the class that it finds.
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
    """Try the device in a forked process, and return the error, or None."""
    reader, writer = os.pipe()

    def child() -> None:
        os.close(reader)
        said = "ok"
        try:
            enable()
            rehearsal.rehearse(NAME)
        except BaseException as error:  # noqa: BLE001 - any error is the answer
            said = f"{type(error).__name__}: {error}"
        # The parent process may have been killed.
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
        return "a backward pass has run in this process; torch starts no threads for other devices after that"
    return f"torch {torch.__version__} can't carry it here ({answer or 'the process that tried it ended'})"
