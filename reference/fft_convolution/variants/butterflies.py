"""A hand-written transform: merge pairs of transforms, and double the length from 1 to a power of two."""

import cmath

import torch
from torch.nn.functional import pad


def transform(signal, sign):
    # Rows are transforms of interleaved subsequences; each round joins rows that are half the height apart.
    rows = signal[:, None]
    while rows.shape[0] > 1:
        even, odd = rows.chunk(2)
        places = torch.arange(rows.shape[1], device=signal.device)
        turns = torch.exp(places.to(signal.dtype) * (sign * 1j * cmath.pi / rows.shape[1]))
        rows = torch.cat((even + turns * odd, even - turns * odd), dim=1)
    return rows[0]


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or min(x.numel(), h.numel()) < 1:
        raise ValueError("expected a signal and a kernel")
    length = len(x) + len(h) - 1
    size = 1
    while size < length:
        size *= 2
    kind = torch.promote_types(x.dtype, torch.complex64)
    spectra = [transform(pad(row, (0, size - len(row))).to(kind), -1) for row in (x, h)]
    return transform(spectra[0] * spectra[1], 1).real[:length] / size
