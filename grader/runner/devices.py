"""Chooses the devices of a run, and gives the reason for each device that is skipped."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache

import torch

from grader.errors import UsageError, suggestion
from grader.sandbox import accelerators, confinement, sim

KNOWN = ("cpu", "cuda", "mps", sim.NAME)
NAMES = {"cuda": "CUDA", "mps": "MPS"}
JUDGED, NOT_ASKED_FOR = "judged", "not judged: not asked for"


@dataclass(frozen=True)
class Devices:
    """The devices to run on. For the report, each known device with `judged` or the reason why not."""

    asked: tuple[str, ...]
    states: dict[str, str]

    @property
    def least_confined(self) -> str:
        """The device with the weakest isolation: one with a driver, if the run uses any."""
        real = (one for one in self.asked if accelerators.is_real(one) and self.states[one] == JUDGED)
        return next(real, "cpu")


def choose(name: str, required: str = "process") -> Devices:
    """Return the devices for `--device NAME`. `auto` is the CPU and one accelerator, real or simulated.

    `auto` skips devices if their driver can't run with the `required` isolation.
    """
    if name not in {*KNOWN, "auto"}:
        raise UsageError(
            "unknown-device",
            found=f"`{name}`",
            where="--device",
            expected=f"one of {', '.join(KNOWN)}, auto",
            remedy=suggestion(name, [*KNOWN, "auto"], "leave it out to use the devices of this machine"),
        )
    if name == "auto":
        return _all_here(required)
    listed = [device for device in KNOWN if device in _usual() or device == name]
    return Devices(
        (name,), {device: _state(device) if device == name else NOT_ASKED_FOR for device in listed}
    )


def _all_here(required: str) -> Devices:
    """Choose the CPU and the first accelerator of this machine, or the simulated one if there is none."""
    states = {device: _state(device) for device in KNOWN if device in _usual()}
    if not confinement.suffices("process", required):
        kept = f"not judged: its driver can't run with the isolation `{required}`"
        states |= {one: kept for one, state in states.items() if one != "cpu" and state == JUDGED}
    if all(device == "cpu" or states[device] != JUDGED for device in states):
        states[sim.NAME] = _state(sim.NAME)
    return Devices(tuple(device for device in states if states[device] == JUDGED), states)


def _usual() -> set[str]:
    """Return the devices that every report lists. Others appear only on request."""
    return {"cpu", "cuda", "mps"} if sys.platform == "darwin" else {"cpu", "cuda"}


def _state(device: str) -> str:
    if device == sim.NAME:
        why_not = sim.available()
        return f"not judged: {why_not}" if why_not else JUDGED
    return JUDGED if device == "cpu" or _here(device) else f"not judged: no {NAMES[device]} device"


@cache
def _here(device: str) -> bool:
    """Ask torch and cache the answer: once a process has queried CUDA, its forks can't use CUDA."""
    return bool((torch.cuda if device == "cuda" else torch.backends.mps).is_available())
