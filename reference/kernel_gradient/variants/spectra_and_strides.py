"""Correlate by spectra, with one of them conjugated, and write each diagonal into a strided view."""

import torch


def kernel_gradient(x, grad_y, k):
    if (x.dim(), grad_y.dim()) != (1, 1) or k < 1 or not len(grad_y) or len(grad_y) + k - 1 != len(x):
        raise ValueError("expected x of (n,) and grad_y of (n - k + 1,)")
    n = len(x)
    spectrum = torch.fft.rfft(x) * torch.fft.rfft(grad_y, n).conj()
    return torch.fft.irfft(spectrum, n)[:k]


def project_to_toeplitz(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("expected a matrix")
    m, n = matrix.shape
    projected = torch.zeros_like(matrix, memory_format=torch.contiguous_format)
    for d in range(1 - m, n):
        own = matrix.diagonal(d)
        start = d if d >= 0 else -d * n
        projected.as_strided((len(own),), (n + 1,), start).copy_(own.mean().expand(len(own)))
    return projected
