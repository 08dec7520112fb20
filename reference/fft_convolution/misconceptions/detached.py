"""inputs detached from autograd

You use NumPy, .item(), .tolist() or .detach(), so no gradient reaches the signal or the kernel.
torch.fft has the same transforms, and gradients flow through them.
"""

import numpy as np
import torch


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0:
        raise ValueError("x and h")
    signal, kernel = x.detach().cpu().numpy(), h.detach().cpu().numpy()
    m = len(signal) + len(kernel) - 1
    y = np.fft.irfft(np.fft.rfft(signal, m) * np.fft.rfft(kernel, m), m)
    return torch.from_numpy(y).to(x)
