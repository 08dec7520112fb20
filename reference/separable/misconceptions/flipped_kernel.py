"""Convention: true convolution

Almost right, but you reverse u and v, or turn their kernel by 180 degrees, which is the true convolution. The exercise asks for the cross-correlation.
Keep the order of the taps in both directions.
"""

import torch


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError("u and v don't fit the image")
    oh, ow = height - len(u) + 1, width - len(v) + 1
    blocks = torch.zeros(oh, ow, height, width, dtype=u.dtype, device=u.device)
    for r in range(oh):
        for c in range(ow):
            blocks[r, c, r : r + len(u), c : c + len(v)] = torch.outer(u, v).flip(0, 1)
    return blocks.reshape(oh * ow, height * width)
