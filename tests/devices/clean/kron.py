"""circulant: powers of the shift, built from Kronecker products."""

import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) == 0:
        raise ValueError
    identity = torch.eye(len(c), dtype=c.dtype, device=c.device)
    powers = torch.stack([identity.roll(i, 0) for i in range(len(c))])
    return torch.kron(c[:, None, None], c.new_ones(1, 1, 1)).mul(powers).sum(0)
