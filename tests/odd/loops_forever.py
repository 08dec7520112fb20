"""Never returns."""

import torch


def build_toeplitz_1d(kernel, n):
    while True:
        pass
