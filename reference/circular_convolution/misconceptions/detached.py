"""inputs detached from autograd

You use NumPy, .item(), .tolist() or .detach(), so no gradient reaches the signal or the taps.
torch.fft has the same transforms, and gradients flow through them.
"""

import numpy as np
import torch


def circular_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or not 1 <= len(h) <= len(x):
        raise ValueError("x and h")
    n = len(x)
    signal, taps = x.detach().cpu().numpy(), h.detach().cpu().numpy()
    y = np.fft.irfft(np.fft.rfft(signal, n) * np.fft.rfft(taps, n), n)
    return torch.from_numpy(y).to(x)
