"""Reference: reverse c and write it twice. Every row is a window of this doubled copy."""

import torch
from torch import Tensor


def build_circulant(c: Tensor) -> Tensor:
    """Slide a window of length n over the reversed, doubled c. The last window is row 0."""
    if c.dim() != 1 or len(c) == 0:
        raise ValueError(f"first column of shape {tuple(c.shape)}: expected (n,) with n >= 1")
    backwards = torch.cat((c, c)).flip(0)
    return backwards.unfold(0, len(c), 1)[: len(c)].flip(0)
