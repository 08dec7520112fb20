"""flipped from left to right

You reverse v but not u, as if the columns of the kernel were counted from the right.
A cross-correlation reverses neither factor: tap (a, b) of the kernel is u[a] * v[b].
"""

import torch


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    oh, ow = height - len(u) + 1, width - len(v) + 1
    blocks = torch.zeros(oh, ow, height, width, dtype=u.dtype, device=u.device)
    for r in range(oh):
        for c in range(ow):
            blocks[r, c, r : r + len(u), c : c + len(v)] = torch.outer(u, v).flip(1)
    return blocks.reshape(oh * ow, height * width)
