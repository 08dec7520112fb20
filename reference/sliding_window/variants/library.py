"""Torch's own conv1d, which is the cross-correlation of a batch of signals with channels."""

from torch.nn.functional import conv1d


def cross_correlate(x, kernel):
    if x.ndim != 1 or kernel.ndim != 1 or kernel.numel() == 0 or kernel.numel() > x.numel():
        raise ValueError("no valid place")
    return conv1d(x[None, None], kernel[None, None])[0, 0]
