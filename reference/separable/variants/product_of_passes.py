"""Write both passes as matrices: T = (T(u) kron I) (I kron T(v)), each built by stacking padded taps."""

import torch
from torch.nn.functional import pad


def stacked(taps, n):
    spare = n - len(taps)
    return torch.stack([pad(taps, (i, spare - i)) for i in range(spare + 1)])


def build_separable(u, v, height, width):
    if u.dim() != 1 or v.dim() != 1 or not 0 < len(u) <= height or not 0 < len(v) <= width:
        raise ValueError("u and v must be vectors that fit the image")
    outputs = width - len(v) + 1
    right = torch.block_diag(*[stacked(v, width)] * height)
    down = torch.kron(stacked(u, height), torch.eye(outputs, dtype=u.dtype, device=u.device))
    return down @ right
