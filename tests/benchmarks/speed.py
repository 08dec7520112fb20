"""Time the reference solutions, each against a baseline in the same run.

    python tests/benchmarks/speed.py [DEVICE]

The two functions of a pair are timed in turn, with one thread each, and their medians are compared.
A builder is compared with `torch.zeros` of the same shape, a fast transform method with the method
that it replaces. The limits apply to the CPU.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn import functional as F

from grader.sandbox import accelerators, sim

sys.path.append(str(Path(__file__).resolve().parents[1]))
from references import reference  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "25"))
LEAST_SECONDS = 0.002
UNCOUNTED = 2
Timed = Callable[[], object]


@dataclass(frozen=True)
class Pair:
    """A reference and its baseline on a device."""

    exercise: str
    label: str
    ours: Timed
    theirs: Timed
    bar: float
    device: str = "cpu"


def seconds(function: Timed, repeat: int, device: str) -> float:
    """Return the average time of a few calls. Waits for the last one to finish."""
    accelerators.synchronize(device)
    started = time.perf_counter()
    for _ in range(repeat):
        function()
    accelerators.synchronize(device)
    return (time.perf_counter() - started) / repeat


def timed(pair: Pair, rounds: int) -> tuple[float, float]:
    """Return the medians of a pair in microseconds."""
    repeat = max(1, round(LEAST_SECONDS / max(seconds(pair.theirs, 3, pair.device), 1e-9)))
    found = [
        [seconds(one, repeat, pair.device) for one in (pair.ours, pair.theirs)]
        for _ in range(rounds + UNCOUNTED)
    ][UNCOUNTED:]
    ours, theirs = (statistics.median(times) * 1e6 for times in zip(*found, strict=True))
    return ours, theirs


def placed(tensor: torch.Tensor, device: str) -> torch.Tensor:
    """Return a tensor on a device."""
    return sim.to_sim(tensor) if device == sim.NAME else tensor.to(device)


def pairs(device: str = "cpu") -> Iterator[Pair]:
    """Yield the pairs to time on a device."""
    for builder in (one_dimension, two_dimensions, fast_convolutions, products):
        yield from builder(device)
    if device == "cpu":
        yield from beside_scipy()


def one_dimension(device: str) -> Iterator[Pair]:
    """Yield pairs: a Toeplitz matrix and zeros of the same shape."""
    kernel = placed(torch.arange(1.0, 6.0), device)
    build = reference("toeplitz_1d").build_toeplitz_1d
    for n, bar in ((64, 4), (1024, 1.5), (4096, 1.5)):
        length = n + len(kernel) - 1
        yield Pair(
            "toeplitz_1d",
            f"toeplitz_1d, {n} x {length}",
            lambda n=length: build(kernel, n),
            lambda m=n, n=length: torch.zeros(m, n, device=device),
            bar,
            device,
        )


def two_dimensions(device: str) -> Iterator[Pair]:
    """Yield pairs: a doubly block Toeplitz matrix and zeros of the same shape."""
    small = placed(torch.arange(1.0, 10.0).reshape(3, 3), device)
    plain = reference("toeplitz_2d").build_toeplitz_2d
    general = reference("toeplitz_2d_strided").build_toeplitz_2d_strided
    for side, bar in ((10, 4), (34, 1.5), (66, 1.5)):
        rows, padded = (side - 2) ** 2, side * side
        yield Pair(
            "toeplitz_2d",
            f"toeplitz_2d, {rows} x {padded}",
            lambda s=side: plain(small, s, s),
            lambda m=rows, n=padded: torch.zeros(m, n, device=device),
            bar,
            device,
        )
        yield Pair(
            "toeplitz_2d_strided",
            f"toeplitz_2d_strided, padding 1, {padded} x {padded}",
            lambda s=side: general(small, s, s, padding=1),
            lambda n=padded: torch.zeros(n, n, device=device),
            4,
            device,
        )
    layer = reference("toeplitz_conv2d").build_toeplitz_conv2d
    weight = placed(torch.arange(1.0, 37.0).reshape(2, 2, 3, 3), device)
    yield Pair(
        "toeplitz_conv2d",
        "toeplitz_conv2d, 2 channels, padding 1, 1152 x 1152",
        lambda: layer(weight, 24, 24, padding=1),
        lambda: torch.zeros(1152, 1152, device=device),
        4,
        device,
    )


def fast_convolutions(device: str) -> Iterator[Pair]:
    """Yield pairs: a convolution by Fourier transforms and torch's own convolution."""
    fft_convolve = reference("fft_convolution").fft_convolve
    signal = placed(torch.randn(4096), device)
    for k in (512, 2048):
        taps = placed(torch.randn(k), device)
        yield Pair(
            "fft_convolution",
            f"fft_convolve, n = 4096, k = {k}, beside F.conv1d",
            lambda h=taps: fft_convolve(signal, h),
            lambda h=taps: F.conv1d(signal[None, None], h.flip(0)[None, None], padding=len(h) - 1),
            1,
            device,
        )


def products(device: str) -> Iterator[Pair]:
    """Yield a pair: a product with a Toeplitz matrix and the transform that it needs."""
    matvec = reference("toeplitz_matvec").toeplitz_matvec
    size = 2**20
    column, row, long = torch.randn(size), torch.randn(size), torch.randn(size)
    row[0] = column[0]
    column, row, long, padded = (placed(one, device) for one in (column, row, long, torch.randn(2 * size)))
    yield Pair(
        "toeplitz_matvec",
        "toeplitz_matvec, n = 2^20, beside one transform of 2^21",
        lambda: matvec(column, row, long),
        lambda: torch.fft.rfft(padded),
        5,
        device,
    )


def beside_scipy() -> Iterator[Pair]:
    """If SciPy is installed, yield a convolution by Fourier transforms and SciPy's own convolution."""
    try:
        import scipy.signal  # noqa: PLC0415
    except ImportError:
        return
    fft_convolve = reference("fft_convolution").fft_convolve
    x, h = torch.randn(2**14), torch.randn(2**14)
    a, b = x.numpy(), h.numpy()
    yield Pair(
        "fft_convolution",
        "fft_convolve, n = k = 2^14, beside scipy.signal.fftconvolve",
        lambda: fft_convolve(x, h),
        lambda: scipy.signal.fftconvolve(a, b),
        1,
    )


def prepare(device: str) -> None:
    """Prepare this process for timing on a device."""
    torch.set_num_threads(1)
    if device == sim.NAME:
        sim.enable()
    elif accelerators.is_real(device):
        accelerators.make_exact()
        accelerators.start(device)
        # The memory limit of a submission is too small for all these matrices at once.
        torch.cuda.set_per_process_memory_fraction(1.0)


def main(device: str = "cpu") -> None:
    """Print a table."""
    prepare(device)
    print(f"{'':<58}{'ours, us':>12}{'theirs, us':>12}{'ratio':>8}")
    for one in pairs(device):
        ours, theirs = timed(one, ROUNDS)
        print(f"{one.label:<58}{ours:>12.1f}{theirs:>12.1f}{ours / theirs:>8.2f}  (bar {one.bar:g})")
    sys.stdout.flush()
    # Autograd threads of a device written in Python don't survive the interpreter's exit.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
