"""F is the transform of the identity; the eigenvalues are F times the first column, in c's precision."""

import torch


def dft_matrix(n):
    if n <= 0:
        raise ValueError(f"no signals of length {n}")
    return torch.fft.fft(torch.eye(n, dtype=torch.float64))


def circulant_eigenvalues(c):
    if c.ndim != 1 or c.numel() == 0:
        raise ValueError("the first column must be a vector")
    kind = torch.promote_types(c.dtype, torch.complex64)
    matrix = dft_matrix(len(c)).to(device=c.device, dtype=kind)
    return matrix @ c.to(kind)
