"""Measure the cost that the simulated device adds to a worker, an operator and a gradient.

    python tests/benchmarks/sim.py

Prints CPU microseconds, the minimum of several rounds, on the CPU and on the device. For a whole course,
tests/sandbox/answers_on.py prints the times on both.
"""

from __future__ import annotations

import os
import sys
import time

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name

from grader.sandbox import processes, sim

ROUNDS = 10
REPEATS = int(os.environ.get("REPEATS", "200"))


def loops(x):
    """Build a matrix entry by entry."""
    matrix = x.new_zeros(4, 8)
    for i in range(4):
        for j in range(4):
            matrix[i, i + j] = x[j]
    return matrix


def gradient(x):
    """Differentiate the loops."""
    x = x.detach().requires_grad_()
    torch.autograd.grad(loops(x).sum(), x)


WORK = {
    "x + x": lambda x: x + x,
    "x * 2": lambda x: x * 2,
    "x[3]": lambda x: x[3],
    "x.sum()": lambda x: x.sum(),
    "zeros": lambda x: torch.zeros(8, 8, device=x.device),
    "outer": lambda x: torch.outer(x, x),
    "conv1d": lambda x: F.conv1d(x[None, None], x[None, None, :3]),
    "rfft": lambda x: torch.fft.rfft(x, 16),
    "16 entries by loops": loops,
    "their gradient": gradient,
}


def microseconds(work, x):
    """Return the CPU time of one call, summed over all threads."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(REPEATS // ROUNDS):
            work(x)
        best = min(best, (time.process_time() - started) / (REPEATS // ROUNDS))
    return best * 1e6


def enabling():
    """Print the cost of enabling the device in a forked process, such as a worker."""
    started = time.process_time()
    sim.enable()
    print(f"enable {(time.process_time() - started) * 1000:.1f} ms", flush=True)


def table():
    """Print the costs of some operators."""
    sim.enable()
    here = torch.arange(8.0)
    there = sim.to_sim(here)
    print(f"{'':<22}{'cpu':>8}{'sim':>8}")
    for name, work in WORK.items():
        print(f"{name:<22}{microseconds(work, here):8.1f}{microseconds(work, there):8.1f}")
    # Autograd threads of a device written in Python don't survive the interpreter's exit.
    sys.stdout.flush()
    os._exit(0)


def main():
    """Measure in forked processes."""
    torch.set_num_threads(1)
    F.conv1d(torch.ones(1, 1, 3), torch.ones(1, 1, 2))
    for part in (enabling, enabling, enabling, table):
        os.waitpid(processes.fork(part), 0)


if __name__ == "__main__":
    main()
