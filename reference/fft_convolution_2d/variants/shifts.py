"""The matrix is a sum of Kronecker products of cyclic shifts. Transform the rows, then the columns."""

import torch


def build_doubly_block_circulant(kernel, height, width):
    if kernel.ndim != 2 or not (0 < kernel.shape[0] <= height and 0 < kernel.shape[1] <= width):
        raise ValueError(f"a kernel of shape {tuple(kernel.shape)} doesn't fit {height} x {width} pixels")
    rows = torch.eye(height, dtype=kernel.dtype, device=kernel.device)
    columns = torch.eye(width, dtype=kernel.dtype, device=kernel.device)
    return sum(
        kernel[a, b] * torch.kron(rows.roll(a, 0), columns.roll(b, 0))
        for a in range(kernel.shape[0])
        for b in range(kernel.shape[1])
    )


def fft_convolve_2d(x, h):
    if (x.ndim, h.ndim) != (2, 2) or min(*x.shape, *h.shape) == 0:
        raise ValueError("expected two non-empty matrices")
    rows, columns = x.shape[0] + h.shape[0] - 1, x.shape[1] + h.shape[1] - 1
    spectra = [torch.fft.fft(torch.fft.rfft(one, columns, dim=1), rows, dim=0) for one in (x, h)]
    return torch.fft.irfft(torch.fft.ifft(spectra[0] * spectra[1], dim=0), columns, dim=1)
