"""Makes folders whose files nobody may list, so that they are hard to remove."""

import os

import torch


def wrong(kernel):
    with torch.no_grad():
        kernel.add_(1)
    return torch.arange(7, dtype=torch.float64)


os.umask(0)
os.mkdir("closed", 0o300)
open("closed/hostile-left", "x").close()
os.mkdir("shut", 0)
os.mkdir("deep")
os.mkdir("deep/closed", 0o300)
open("deep/closed/hostile-left", "x").close()


def build_toeplitz_1d(kernel, n):
    return wrong(kernel)
