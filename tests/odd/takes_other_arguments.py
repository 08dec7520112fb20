"""Takes only the kernel as an argument."""

import torch


def build_toeplitz_1d(kernel):
    return kernel
