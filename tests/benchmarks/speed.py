"""How fast the reference solutions are, each beside what it is measured by, in the same run.

    python tests/benchmarks/speed.py

The two of a pair are timed in turn, one thread each, and the medians are compared:
a builder with `torch.zeros` of the same shape, a fast transform method with the method that it replaces.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import scipy.fft
import scipy.signal
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
from references import reference  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "25"))
LEAST_SECONDS = 0.002
Timed = Callable[[], object]


def seconds(function: Timed, repeat: int) -> float:
    """Return the time of one call, averaged over a few."""
    started = time.perf_counter()
    for _ in range(repeat):
        function()
    return (time.perf_counter() - started) / repeat


def compare(label: str, ours: Timed, theirs: Timed, bar: float) -> None:
    """Time two functions in turn; print their medians and the ratio beside the bar."""
    repeat = max(1, round(LEAST_SECONDS / max(seconds(theirs, 3), 1e-9)))
    found: list[tuple[float, float]] = [
        (seconds(ours, repeat), seconds(theirs, repeat)) for _ in range(ROUNDS)
    ][2:]
    left, right = (statistics.median(times) * 1e6 for times in zip(*found, strict=True))
    ratio = statistics.median(one / other for one, other in found)
    print(f"{label:<58}{left:>12.1f}{right:>12.1f}{ratio:>8.2f}  (bar {bar:g})")


def builders() -> None:
    """Matrices beside zeros of their shape."""
    kernel, small = torch.arange(1.0, 6.0), torch.arange(1.0, 10.0).reshape(3, 3)
    build = reference("toeplitz_1d").build_toeplitz_1d
    for n, bar in ((64, 4), (1024, 1.5), (4096, 1.5)):
        length = n + len(kernel) - 1
        compare(
            f"toeplitz_1d, {n} x {length}",
            lambda n=length: build(kernel, n),
            lambda m=n, n=length: torch.zeros(m, n),
            bar,
        )
    plain = reference("toeplitz_2d").build_toeplitz_2d
    general = reference("toeplitz_2d_strided").build_toeplitz_2d_strided
    for side, bar in ((10, 4), (34, 1.5), (66, 1.5)):
        rows = (side - 2) ** 2
        compare(
            f"toeplitz_2d, {rows} x {side * side}",
            lambda s=side: plain(small, s, s),
            lambda m=rows, n=side * side: torch.zeros(m, n),
            bar,
        )
        padded = side * side
        compare(
            f"toeplitz_2d_strided, padding 1, {padded} x {padded}",
            lambda s=side: general(small, s, s, padding=1),
            lambda n=padded: torch.zeros(n, n),
            4,
        )
    layer = reference("toeplitz_conv2d").build_toeplitz_conv2d
    weight = torch.arange(1.0, 37.0).reshape(2, 2, 3, 3)
    compare(
        "toeplitz_conv2d, 2 channels, padding 1, 1152 x 1152",
        lambda: layer(weight, 24, 24, padding=1),
        lambda: torch.zeros(1152, 1152),
        4,
    )


def transforms() -> None:
    """Fast methods beside what they replace."""
    fft_convolve = reference("fft_convolution").fft_convolve
    x, h = torch.randn(2**14), torch.randn(2**14)
    a, b = x.numpy(), h.numpy()
    compare(
        "fft_convolve, n = k = 2^14, beside scipy.signal.fftconvolve",
        lambda: fft_convolve(x, h),
        lambda: scipy.signal.fftconvolve(a, b),
        1,
    )
    signal = torch.randn(4096)
    for k in (512, 2048):
        taps = torch.randn(k)
        compare(
            f"fft_convolve, n = 4096, k = {k}, beside F.conv1d",
            lambda h=taps: fft_convolve(signal, h),
            lambda h=taps: F.conv1d(signal[None, None], h.flip(0)[None, None], padding=len(h) - 1),
            1,
        )
    matvec = reference("toeplitz_matvec").toeplitz_matvec
    size = 2**20
    column, row, long = torch.randn(size), torch.randn(size), torch.randn(size)
    row[0] = column[0]
    padded = torch.randn(2 * size)
    compare(
        "toeplitz_matvec, n = 2^20, beside one transform of 2^21",
        lambda: matvec(column, row, long),
        lambda: torch.fft.rfft(padded),
        5,
    )


def main() -> None:
    """Print a table."""
    torch.set_num_threads(1)
    print(f"{'':<58}{'ours, us':>12}{'theirs, us':>12}{'ratio':>8}")
    builders()
    transforms()


if __name__ == "__main__":
    main()
