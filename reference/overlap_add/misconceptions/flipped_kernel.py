"""Convention: cross-correlation

Almost right, but you reverse the kernel before you transform it, which is the cross-correlation. The exercise asks for the true convolution.
The product of the spectra already reverses it: leave the kernel as it is.
"""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h and block")
    n, k = len(x), len(h)
    size = block + k - 1
    y = x.new_zeros(n + k - 1)
    spectrum = torch.fft.rfft(h.flip(0), size)
    for start in range(0, n, block):
        piece = torch.fft.irfft(torch.fft.rfft(x[start : start + block], size) * spectrum, size)
        length = min(size, n + k - 1 - start)
        y[start : start + length] += piece[:length]
    return y
