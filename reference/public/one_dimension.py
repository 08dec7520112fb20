"""Public replacements for the signal and kernel oracles: torch's own operators."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F


def cross_correlate(x: Tensor, h: Tensor) -> Tensor:
    """The valid cross-correlation, computed by torch: (n,), (k,) -> (n - k + 1,)."""
    return F.conv1d(x[None, None], h[None, None])[0, 0]


def output_length(n: int, k: int, stride: int, padding: int, dilation: int) -> int:
    """Return the number of kernel positions, using the formula from the exercise statements."""
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def cross_correlate_strided(x: Tensor, h: Tensor, stride: int, padding: int, dilation: int) -> Tensor:
    """The cross-correlation with stride, padding and dilation, using torch: (n,), (k,) -> (m,)."""
    return F.conv1d(x[None, None], h[None, None], stride=stride, padding=padding, dilation=dilation)[0, 0]


def cross_correlate_channels(
    x: Tensor, weight: Tensor, stride: int, padding: int, dilation: int, groups: int
) -> Tensor:
    """What `nn.Conv1d` computes: (C_in, n), (C_out, C_in / groups, k) -> (C_out, m)."""
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    return F.conv1d(x[None], weight, **options)[0]
