"""Reference: all windows are rows of one view of the signal; multiply that view by the kernel."""

from torch import Tensor


def cross_correlate(x: Tensor, kernel: Tensor) -> Tensor:
    """View the signal as its n - k + 1 windows, and multiply them by the kernel."""
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError(
            f"signal of shape {tuple(x.shape)} and kernel of shape {tuple(kernel.shape)}: "
            "expected (n,) and (k,) with 1 <= k <= n"
        )
    return x.unfold(0, len(kernel), 1) @ kernel
