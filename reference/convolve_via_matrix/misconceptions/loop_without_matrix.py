"""loop instead of a matrix product

Your loop computes one output at a time, as the sliding window does.
The outputs are correct, but the exercise asks for a single product: put the weights of all outputs into one matrix and multiply once.
"""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    k = len(kernel)
    return torch.stack([(x[i : i + k] * kernel).sum() for i in range(len(x) - k + 1)])
