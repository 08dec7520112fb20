"""aliasing: random numbers come from a CPU generator.

Line 12: `torch.Generator()` makes a generator on the CPU; write `torch.Generator(device=y.device)`.
"""

import torch


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError
    generator = torch.Generator()
    noise = torch.rand(n, generator=generator, device=y.device, dtype=y.dtype)
    turns = -(-len(y) // n)
    padded = torch.cat((y, y.new_zeros(turns * n - len(y))))
    return padded.reshape(turns, n).sum(0) + 0 * noise


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError
    return n + k - 1
