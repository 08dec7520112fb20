"""The Fourier matrix diagonalises only circulants; it also shifts signals, by changing phases."""

import torch


def shift(x, s):
    if x.dim() != 1 or x.numel() == 0:
        raise ValueError("expected a signal")
    places = torch.arange(x.numel(), device=x.device)
    return x.gather(0, (places - s % x.numel()) % x.numel())


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or matrix.numel() == 0:
        raise ValueError("expected a square matrix")
    spectrum = torch.fft.ifft(torch.fft.fft(matrix, dim=0), dim=1)
    off_diagonal = spectrum - torch.diag(spectrum.diagonal())
    # A single wrong entry is spread over all n^2 entries; the root of the sum of squares stays the same.
    return float(off_diagonal.norm()) <= 1e-4 * float(matrix.abs().max())
