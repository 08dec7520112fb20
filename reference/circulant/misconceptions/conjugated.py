"""conjugated entries

Your entries are conjugated. This is right for a real c and wrong for a complex one.
.H, .mH and .adjoint() transpose and conjugate; to transpose without conjugating, use .T or stack along dim=1.
"""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError("c")
    return torch.stack([c.roll(i) for i in range(len(c))]).mH.resolve_conj()
