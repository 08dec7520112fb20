"""Convention: mode same

Your function uses mode 'same': it keeps only the middle, with as many entries as the signal. The exercise asks for mode 'full'.
Full means that every overlap counts: there are n + k - 1 entries, from h[0] x[0] to h[k - 1] x[n - 1].
"""

import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    m = len(x) + len(h) - 1
    y = torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
    start = (len(h) - 1) // 2
    return y[start : start + len(x)]
