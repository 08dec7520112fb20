"""Uses inverse transforms without the factor 1/n: conjugate, transform, and conjugate again."""

import torch


def dft_matrix(n):
    if n < 1:
        raise ValueError("expected n >= 1")
    identity = torch.eye(n, dtype=torch.complex128)
    return torch.fft.ifft(identity, norm="forward").conj().resolve_conj()


def circulant_eigenvalues(c):
    if c.dim() != 1 or c.numel() == 0:
        raise ValueError("expected a vector with entries")
    return torch.fft.ifft(c.conj(), norm="forward").conj().resolve_conj()
