import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or len(kernel) == 0 or len(kernel) > n:
        raise ValueError("the kernel doesn't fit into the signal")
    k = len(kernel)
    flipped = torch.flip(kernel, [0])  # convolution flips the kernel, doesn't it?
    T = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        T[i, i : i + k] = flipped
    return T
