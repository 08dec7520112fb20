"""Random number generators that report the simulated device."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import torch

from grader.sandbox.sim.tensor import NAME


class Generator(torch.Generator):
    """Replaces torch.Generator, which doesn't support a device written in Python."""

    # Operators get another Python object for the same generator. Only its address is the same.
    simulated: ClassVar[dict[int, Generator]] = {}

    def __new__(cls, device: Any = "cpu") -> Self:
        """Make a generator for any device. For the simulated device it draws on the CPU."""
        simulated = torch.device(device).type == NAME
        made = super().__new__(cls, "cpu" if simulated else device)  # type: ignore[call-arg]
        if simulated:
            cls.simulated[made._cdata] = made  # type: ignore[attr-defined]
        return made

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        """The device of the drawn numbers."""
        return torch.device(NAME, 0) if is_simulated(self) else super().device


def is_simulated(generator: torch.Generator) -> bool:
    """Whether a generator was made for the simulated device."""
    return generator._cdata in Generator.simulated  # type: ignore[attr-defined]
