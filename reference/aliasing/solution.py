"""Reference: pad with zeros to a multiple of n, make each turn of the circle a row, and add the rows."""

from torch import Tensor
from torch.nn.functional import pad


def alias(y: Tensor, n: int) -> Tensor:
    """Make each turn round the circle a row of a matrix and add the rows up."""
    if y.dim() != 1 or len(y) == 0:
        raise ValueError(f"signal of shape {tuple(y.shape)}: expected (m,) with m >= 1")
    if n < 1:
        raise ValueError(f"a circle of {n} places: expected n >= 1")
    return pad(y, (0, -len(y) % n)).reshape(-1, n).sum(dim=0)


def minimum_fft_length(n: int, k: int) -> int:
    """Count the entries of the linear convolution: the last is number (n - 1) + (k - 1)."""
    if n < 1 or k < 1:
        raise ValueError(f"{n} samples and {k} taps: expected n >= 1 and k >= 1")
    return n + k - 1
