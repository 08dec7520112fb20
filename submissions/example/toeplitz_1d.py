import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1:
        raise ValueError("the kernel must be a vector")
    k = len(kernel)
    if k < 1 or k > n:
        raise ValueError("the kernel must have between 1 and n taps")

    # one row for every place where the kernel fits
    T = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        for j in range(k):
            T[i, i + j] = kernel[j]
    return T
