"""Times, memory and speeds in words, such as `12.3 us`, `64 MB` or `0.8 GFLOP/s`."""

from __future__ import annotations

import math
from collections.abc import Sequence

TIMES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))
MEMORY = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "bytes"))
# Speeds are compared: so most of them have the same unit.
SPEEDS = ((1e9, "GFLOP/s"), (1e6, "MFLOP/s"))
LEAST_SPEED = 0.1


def digits(value: float, count: int = 3) -> str:
    """Return a number with at most this many significant digits, without an exponent: `12.3` or `4.5`."""
    rounded = float(f"{value:.{count - 1}e}")
    places = count - 1 - math.floor(math.log10(abs(rounded))) if rounded else 0
    text = f"{rounded:.{max(places, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def time(seconds: float, count: int = 3) -> str:
    """Return a time with its unit."""
    return _scaled(seconds, TIMES, count)


def memory(held: float) -> str:
    """Return a number of bytes with its unit."""
    return _scaled(held, MEMORY, 2)


def flops(per_second: float) -> str:
    """Return a number of operations per second with its unit."""
    return _scaled(per_second, SPEEDS, 2, least=LEAST_SPEED)


def size(tick: float) -> str:
    """Return a round size. A power of ten above 1000 is written as such, for example `10^4`."""
    text = f"{tick:.0f}"
    power = len(text) - 1
    return f"10^{power}" if power > 3 and text == "1" + "0" * power else text


def _scaled(value: float, units: Sequence[tuple[float, str]], count: int, least: float = 1.0) -> str:
    # Rounded first: 999.9 us is 1 ms. The factor allows for the rounding of binary numbers.
    rounded = float(f"{value:.{count - 1}e}") * (1 + 1e-9)
    scale, unit = next((one for one in units if rounded >= least * one[0]), units[-1])
    return f"{digits(rounded / scale, count)} {unit}"
