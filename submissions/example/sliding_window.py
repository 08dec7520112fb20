import torch


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1:
        raise ValueError("the signal and the kernel must be vectors")
    n, k = len(x), len(kernel)
    if k == 0:
        raise ValueError("the kernel is empty")
    if k > n:
        raise ValueError(f"the kernel has {k} taps, but the signal only {n} entries")

    outputs = []
    for i in range(n - k + 1):
        window = x[i:i + k]
        outputs.append((window * kernel).sum())
    return torch.stack(outputs)
