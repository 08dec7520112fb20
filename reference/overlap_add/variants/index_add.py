"""Compute the output index of each entry of all blocks' results; add them with one index_add."""

import torch


def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1:
        raise ValueError("one axis each")
    if x.shape[0] < 1 or h.shape[0] < 1 or block < 1:
        raise ValueError("nothing to convolve, or no blocks to do it in")
    length = x.shape[0] + h.shape[0] - 1
    count = (x.shape[0] + block - 1) // block
    size = 2 * ((block + h.shape[0]) // 2)
    rows = torch.cat((x, x.new_zeros(count * block - x.shape[0]))).view(count, block)
    pieces = torch.fft.irfft(torch.fft.rfft(rows, n=size) * torch.fft.rfft(h, n=size), n=size)
    starts = torch.arange(count, device=x.device)[:, None] * block
    places = (starts + torch.arange(size, device=x.device)).flatten()
    return x.new_zeros(count * block + size).index_add(0, places, pieces.flatten())[:length]
