"""Reference: put zeros between and around the samples, then apply the reversed kernel to all windows."""

from torch import Tensor
from torch.nn.functional import pad


def transposed_convolve(y: Tensor, kernel: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Spread the samples out, leave k - 1 - p zeros at each end, and multiply the windows by the reversed kernel."""
    if y.dim() != 1 or kernel.dim() != 1 or 0 in (len(y), len(kernel)):
        raise ValueError(
            f"y of shape {tuple(y.shape)} and kernel of shape {tuple(kernel.shape)}: "
            "expected (m,) and (k,) with m >= 1 and k >= 1"
        )
    if stride < 1 or padding < 0:
        raise ValueError(f"stride = {stride}, padding = {padding}: expected stride >= 1 and padding >= 0")
    m, k = len(y), len(kernel)
    n = (m - 1) * stride + k - 2 * padding
    if n < 1:
        raise ValueError(f"padding = {padding} leaves {n} samples: expected at least 1")
    spread = pad(y[:, None], (0, stride - 1)).flatten()[: (m - 1) * stride + 1]
    # A negative border cuts: there the padding is wider than the samples that the kernel adds.
    border = k - 1 - padding
    return pad(spread, (border, border)).unfold(0, k, 1) @ kernel.flip(0)
