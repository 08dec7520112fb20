"""Reference: multiply the windows by the incoming gradient; a shear turns the diagonals into columns."""

import torch
from torch import Tensor
from torch.nn.functional import pad


def kernel_gradient(x: Tensor, grad_y: Tensor, k: int) -> Tensor:
    """Correlate the signal with its outputs' gradient: window j holds the samples that tap j multiplied."""
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError(
            f"x of shape {tuple(x.shape)}, grad_y of shape {tuple(grad_y.shape)} and k = {k}: "
            "expected (n,) and (n - k + 1,) with 1 <= k <= n"
        )
    return x.unfold(0, len(grad_y), 1) @ grad_y


def project_to_toeplitz(matrix: Tensor) -> Tensor:
    """Shear the matrix so that diagonals become columns, average those, and look up each entry's mean."""
    if matrix.dim() != 2 or not matrix.numel():
        raise ValueError(f"matrix of shape {tuple(matrix.shape)}: expected (m, n) with m >= 1 and n >= 1")
    m, n = matrix.shape
    # Rows of n + m entries read as rows of n + m - 1: each one begins one place later than the one above.
    sheared = pad(matrix.flip(0), (0, m)).flatten()[:-m].reshape(m, n + m - 1)
    place = torch.arange(n + m - 1, device=matrix.device)
    count = torch.minimum(place, place.flip(0)).add(1).clamp(max=min(m, n))
    means = sheared.sum(0) / count
    return means.unfold(0, n, 1).flip(0)
