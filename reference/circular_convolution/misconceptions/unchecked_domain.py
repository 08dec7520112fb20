"""arguments not checked

An h that is longer than x has no place on the circle, yet torch.fft.rfft(h, n) cuts it to n taps without a word.
Empty inputs and inputs with two axes have no circular convolution here either: say so with ValueError.
"""

import torch


def circular_convolve(x, h):
    n = x.shape[-1]
    return torch.fft.irfft(torch.fft.rfft(x, n) * torch.fft.rfft(h, n), n)
