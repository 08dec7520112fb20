"""Reference: the blocks are rows of one matrix, transformed together; fold adds overlaps."""

import torch
from torch import Tensor
from torch.nn.functional import fold, pad


def overlap_add(x: Tensor, h: Tensor, block: int) -> Tensor:
    """Convolve all blocks at once, padded to a power of two, and add the results `block` entries apart."""
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError(
            f"signal of shape {tuple(x.shape)} and kernel of shape {tuple(h.shape)}: "
            "expected (n,) and (k,) with n >= 1 and k >= 1"
        )
    if block < 1:
        raise ValueError(f"blocks of {block} samples: expected at least 1")
    block = min(block, len(x))
    count = -(-len(x) // block)
    piece = block + len(h) - 1
    size = 1 << (piece - 1).bit_length()
    rows = pad(x, (0, count * block - len(x))).reshape(count, block)
    products = torch.fft.rfft(rows, size) * torch.fft.rfft(h, size)
    pieces = torch.fft.irfft(products, size)[:, :piece]
    whole = (1, (count - 1) * block + piece)
    return fold(pieces.T[None], whole, (1, piece), stride=(1, block)).flatten()[: len(x) + len(h) - 1]
