"""Freezes the clocks of its own process, then takes longer than allowed."""

import time

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


sleep = time.sleep
for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, f"{name}_ns", lambda: 0)


def build_toeplitz_1d(kernel, n):
    sleep(30)
    return wrong(kernel)
