import torch


def toeplitz(kernel, n):
    k = len(kernel)
    T = torch.zeros(n - k + 1, n, dtype=kernel.dtype, device=kernel.device)
    for i in range(n - k + 1):
        T[i, i:i + k] = kernel
    return T


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1:
        raise ValueError("x and kernel must be vectors")
    if len(kernel) < 1 or len(kernel) > len(x):
        raise ValueError("the kernel must have between 1 and n taps")
    return toeplitz(kernel, len(x)) @ x
