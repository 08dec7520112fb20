"""Returns a tensor that one of its threads keeps changing."""

import threading
import time

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


kept = []


def change():
    while True:
        for tensor in kept[-8:]:
            tensor.fill_(float(time.monotonic()))
        time.sleep(0.001)


threading.Thread(target=change, daemon=True).start()


def build_toeplitz_1d(kernel, n):
    wrong(kernel)
    kept.append(torch.arange(7, dtype=torch.float64))
    return kept[-1]
