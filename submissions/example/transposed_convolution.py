import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1:
        raise ValueError("y and kernel must be vectors")
    m, k = len(y), len(kernel)
    if m < 1 or k < 1:
        raise ValueError("y and kernel can't be empty")
    if stride < 1 or padding < 0:
        raise ValueError("stride must be at least 1, padding at least 0")
    full = (m - 1) * stride + k
    n = full - 2 * padding
    if n < 1:
        raise ValueError("padding leaves nothing of the answer")

    # put a scaled copy of the kernel down for every sample, s places apart
    x = torch.zeros(full, dtype=y.dtype, device=y.device)
    for i in range(m):
        start = i * stride
        x[start : start + k] = x[start : start + k] + y[i] * kernel
    return x[padding : padding + n]
