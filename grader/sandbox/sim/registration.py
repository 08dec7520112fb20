"""Putting the simulated device into a process, and finding out beforehand whether that can be done."""

from __future__ import annotations

import contextlib
import os
import sys
import types
from collections.abc import Iterator
from functools import cache
from typing import Any

import torch
from torch.utils import backend_registration

from grader.sandbox import processes
from grader.sandbox.sim import rehearsal
from grader.sandbox.sim.operators import runner
from grader.sandbox.sim.randomness import Generator
from grader.sandbox.sim.tensors import NAME, Accelerated

KEY = "PrivateUse1"
SETUP = "_setup_privateuseone_for_python_backend"
# torch.tensor and its like hide Python's kernels on their way, and with them the one for all operators.
UNSEEN = ("copy_", "_local_scalar_dense", "_to_copy", "clone", "detach", "alias")
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

    Autograd starts its threads at a process's first backward pass, and only for the devices that are there:
    a process that has run one must not call this, but one forked from it may.
    """
    _kernels()
    with _nothing_distributed():
        torch.zeros((), device=NAME)


@cache
def available() -> str | None:
    """Return None where `enable` will succeed, else the reason why it won't; this process stays as it is."""
    if torch._C._get_privateuse1_backend_name() == NAME:  # noqa: SLF001
        return None
    if not hasattr(backend_registration, SETUP):
        return f"torch {torch.__version__} can't have a device that is written in Python"
    if not hasattr(os, "fork"):
        return "this system can't fork, and the device is tried in a process of its own"
    return _rehearsed()


@cache
def _kernels() -> list[torch.library.Library]:
    """Register the device; it lasts as long as what is returned."""
    getattr(backend_registration, SETUP)(NAME, Backend())
    every, some = torch.library.Library("_", "IMPL"), torch.library.Library("aten", "IMPL")
    every.fallback(lambda operator, *args, **kwargs: runner(operator)(args, kwargs), KEY)
    for name in UNSEEN:
        run = runner(getattr(torch.ops.aten, name).default)
        some.impl(name, lambda *args, _run=run, **kwargs: _run(args, kwargs), KEY)
    torch.Generator = Generator  # type: ignore[misc]
    return [every, some]


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
        try:
            enable()
            rehearsal.rehearse(NAME)
            os.write(writer, b"ok")
        except BaseException as error:
            os.write(writer, f"{type(error).__name__}: {error}".encode()[:MAX_REASON])

    pid = processes.fork(child)
    os.close(writer)
    with os.fdopen(reader, "rb") as answers:
        answer = answers.read().decode("utf-8", "replace")
    os.waitpid(pid, 0)
    if answer == "ok":
        return None
    return f"torch {torch.__version__} can't carry it here ({answer or 'the process that tried it ended'})"
