"""Stack both inputs as rows of one padded matrix: one transform, then one product of the two rows."""

import torch
from torch.nn.functional import pad


def fft_convolve(x, h):
    if (x.dim(), h.dim()) != (1, 1) or x.numel() * h.numel() == 0:
        raise ValueError("expected two non-empty vectors")
    m = x.numel() + h.numel() - 1
    even = m + m % 2
    rows = torch.stack([pad(row, (0, even - row.numel())) for row in (x, h)])
    return torch.fft.irfft(torch.fft.rfft(rows).prod(dim=0))[:m]
