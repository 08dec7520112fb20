"""Which devices a run judges on, and why not on the others."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import torch

from grader.errors import UsageError, suggestion
from grader.sandbox import sim

KNOWN = ("cpu", "cuda", "mps", sim.NAME)
NAMES = {"cuda": "CUDA", "mps": "MPS"}


@dataclass(frozen=True)
class Devices:
    """The devices to run on, and for the report each known device with "judged" or the reason why not."""

    asked: tuple[str, ...]
    states: dict[str, str]


def choose(name: str) -> Devices:
    """Return the devices for `--device NAME`; `auto` is the CPU and whatever accelerator is here."""
    if name not in {*KNOWN, "auto"}:
        raise UsageError(
            "unknown-device",
            found=f"`{name}`",
            where="--device",
            expected=f"one of {', '.join(KNOWN)}, auto",
            remedy=suggestion(name, [*KNOWN, "auto"], "leave it out to judge on what is here"),
        )
    listed = [device for device in KNOWN if device in _usual() or device == name]
    states = {device: _state(device) for device in listed}
    if name == "auto":
        return Devices(tuple(device for device in listed if states[device] == "judged"), states)
    others = {device: "not judged: not asked for" for device in listed if device != name}
    return Devices((name,), {device: others.get(device, states[device]) for device in listed})


def _usual() -> set[str]:
    """Return the devices that every report speaks of; others stand there when they are asked for."""
    return {"cpu", "cuda", "mps"} if sys.platform == "darwin" else {"cpu", "cuda"}


def _state(device: str) -> str:
    if device == sim.NAME:
        why_not = sim.available()
        return f"not judged: {why_not}" if why_not else "judged"
    here = device == "cpu" or (torch.cuda if device == "cuda" else torch.backends.mps).is_available()
    return "judged" if here else f"not judged: no {NAMES[device]} device"
