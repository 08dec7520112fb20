"""Reference: zeros (oh, ow, padded H, padded W), with a strided view that covers only the taps."""

from torch import Tensor


def build_toeplitz_2d_strided(
    kernel: Tensor,
    height: int,
    width: int,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """Write the kernel into a strided view of zeros, then cut off the padding and flatten."""
    if kernel.dim() != 2 or not kernel.numel():
        raise ValueError(f"kernel of shape {tuple(kernel.shape)}: expected (kh, kw), both at least 1")
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = kernel.shape, _pair(stride), _pair(padding), _pair(dilation)
    oh = _places(height, kh, sh, ph, dh)
    ow = _places(width, kw, sw, pw, dw)
    rows, columns = height + 2 * ph, width + 2 * pw
    canvas = kernel.new_zeros(oh, ow, rows, columns)
    down, right = (ow * rows + sh) * columns, rows * columns + sw
    canvas.as_strided((oh, ow, kh, kw), (down, right, dh * columns, dw)).copy_(kernel)
    return canvas[:, :, ph : ph + height, pw : pw + width].reshape(oh * ow, height * width)


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    if isinstance(value, int):
        return value, value
    row, column = value
    return row, column


def _places(side: int, k: int, stride: int, padding: int, dilation: int) -> int:
    """Return the number of kernel positions along one axis."""
    if side < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError(
            f"side = {side}, stride = {stride}, padding = {padding}, dilation = {dilation}: "
            "expected a padding of at least 0 and the others at least 1"
        )
    span, padded = dilation * (k - 1) + 1, side + 2 * padding
    if span > padded:
        raise ValueError(f"a kernel that spans {span} places on {padded}: expected one that fits")
    return (padded - span) // stride + 1
