"""signs lost

Tap (a, b) of your kernel is u[a] * v[b] without its sign.
The product of two negative taps is positive; with one negative tap it is negative: keep its sign.
"""

import torch


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    oh, ow = height - len(u) + 1, width - len(v) + 1
    blocks = torch.zeros(oh, ow, height, width, dtype=u.dtype, device=u.device)
    for r in range(oh):
        for c in range(ow):
            blocks[r, c, r : r + len(u), c : c + len(v)] = torch.outer(u, v).abs()
    return blocks.reshape(oh * ow, height * width)
