"""turned the wrong way

Your columns move upwards, so the entries are constant along the other diagonals: C[i, j] = c[(i + j) mod n].
Column j is c, moved down by j places: c.roll(j), not c.roll(-j).
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.stack([c.roll(-j) for j in range(len(c))], dim=1)
