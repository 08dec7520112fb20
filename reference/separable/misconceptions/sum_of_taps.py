"""sum instead of product

Tap (a, b) of your kernel is u[a] + v[b].
The kernel outer(u, v) holds products: one pass multiplies each pixel by u[a], the other by v[b].
"""

import torch


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    oh, ow = height - len(u) + 1, width - len(v) + 1
    blocks = torch.zeros(oh, ow, height, width, dtype=u.dtype, device=u.device)
    for r in range(oh):
        for c in range(ow):
            blocks[r, c, r : r + len(u), c : c + len(v)] = u[:, None] + v[None, :]
    return blocks.reshape(oh * ow, height * width)
