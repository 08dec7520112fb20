"""Keep only the tail of each block for the next one, like a program that plays while it computes."""

import torch
from torch.nn.functional import pad


def overlap_add(x, h, block):
    for name, value in (("signal", x), ("kernel", h)):
        if value.dim() != 1 or len(value) == 0:
            raise ValueError(f"the {name} has shape {tuple(value.shape)}")
    if block < 1:
        raise ValueError("a block needs a sample")
    taps = len(h)
    size = 1
    while size < block + taps - 1:
        size *= 2
    spectrum = torch.fft.rfft(h, size)
    carried = h.new_zeros(taps - 1)
    finished = []
    for part in x.split(block):
        sounding = torch.fft.irfft(torch.fft.rfft(part, size) * spectrum, size)[: len(part) + taps - 1]
        sounding = sounding + pad(carried, (0, len(part)))
        finished.append(sounding[: len(part)])
        carried = sounding[len(part) :]
    return torch.cat((*finished, carried))
