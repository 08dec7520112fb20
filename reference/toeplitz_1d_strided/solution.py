"""Reference: start with zeros for the padded matrix; a strided view covers only its taps."""

from torch import Tensor


def build_toeplitz_1d_strided(
    kernel: Tensor, n: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Tensor:
    """Write the kernel into a strided view of zeros, then cut off the padding's columns."""
    if kernel.dim() != 1 or not len(kernel):
        raise ValueError(f"kernel of shape {tuple(kernel.shape)}: expected (k,) with k >= 1")
    if n < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError(
            f"n = {n}, stride = {stride}, padding = {padding}, dilation = {dilation}: "
            "expected a padding of at least 0 and the others at least 1"
        )
    span, padded = dilation * (len(kernel) - 1) + 1, n + 2 * padding
    if span > padded:
        raise ValueError(f"a kernel that spans {span} places on {padded}: expected one that fits")
    rows = (padded - span) // stride + 1
    canvas = kernel.new_zeros(rows, padded)
    canvas.as_strided((rows, len(kernel)), (padded + stride, dilation)).copy_(kernel)
    return canvas[:, padding : padding + n]
