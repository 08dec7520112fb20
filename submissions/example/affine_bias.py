import torch


def build_affine(kernel, bias, n):
    if kernel.dim() != 1:
        raise ValueError("the kernel must be a vector")
    if bias.dim() != 0:
        raise ValueError("the bias must be a single number")
    k = len(kernel)
    if k < 1 or k > n:
        raise ValueError("the kernel must have between 1 and n taps")

    m = n - k + 1
    A = torch.zeros(m + 1, n + 1, dtype=kernel.dtype, device=kernel.device)
    for i in range(m):
        A[i, i:i + k] = kernel
        A[i, n] = bias
    A[m, n] = 1  # hands the 1 on
    return A
