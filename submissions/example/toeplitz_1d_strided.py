import torch
from torch import Tensor


def build_toeplitz_1d_strided(
    kernel: Tensor, n: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Tensor:
    if kernel.dim() != 1 or len(kernel) == 0:
        raise ValueError("the kernel must be 1-D and not empty")
    if stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("stride and dilation must be at least 1, padding at least 0")

    k = len(kernel)
    span = dilation * (k - 1) + 1  # places that the kernel covers, gaps included
    length = n + 2 * padding
    if span > length:
        raise ValueError("the kernel is longer than the padded signal")

    rows = (length - span) // stride + 1
    T = torch.zeros(rows, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(rows):
        for j in range(k):
            column = i * stride + j * dilation - padding
            if 0 <= column < n:  # otherwise the tap meets a padding zero
                T[i, column] = kernel[j]
    return T
