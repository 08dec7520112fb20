"""The sums themselves: torch's own conv1d, which multiplies every tap by every sample."""

from torch.nn.functional import conv1d


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError("expected two vectors with entries")
    # torch's conv1d is the cross-correlation, so the taps are reversed.
    return conv1d(x[None, None], h.flip(0)[None, None], padding=len(h) - 1)[0, 0]
