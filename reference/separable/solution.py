"""Reference: write outer(u, v) through a view that holds each output's patch under the kernel."""

import torch
from torch import Tensor


def build_separable(u: Tensor, v: Tensor, height: int, width: int) -> Tensor:
    """Write the products of the taps into a strided view of zeros, which is quicker than a Kronecker product."""
    if u.dim() != 1 or v.dim() != 1 or not 1 <= len(u) <= height or not 1 <= len(v) <= width:
        raise ValueError(
            f"u of shape {tuple(u.shape)} and v of shape {tuple(v.shape)} for images of {height} x {width}: "
            "expected u with 1 <= kh <= height and v with 1 <= kw <= width"
        )
    kernel = torch.outer(u, v)
    (kh, kw), pixels = kernel.shape, height * width
    oh, ow = height - kh + 1, width - kw + 1
    matrix = kernel.new_zeros(oh * ow, pixels)
    matrix.as_strided((oh, ow, kh, kw), (ow * pixels + width, pixels + 1, width, 1)).copy_(kernel)
    return matrix
