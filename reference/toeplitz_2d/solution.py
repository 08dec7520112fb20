"""Reference: write the kernel into zeros, through a view of each output's patch under the kernel."""

from torch import Tensor


def build_toeplitz_2d(kernel: Tensor, height: int, width: int) -> Tensor:
    """Write the kernel through a strided view: one step right is one pixel, one step down is one row."""
    shape = kernel.shape
    if len(shape) != 2 or not (1 <= shape[0] <= height and 1 <= shape[1] <= width):
        raise ValueError(
            f"kernel of shape {tuple(shape)} for images of {height} x {width}: expected "
            "(kh, kw) with 1 <= kh <= height and 1 <= kw <= width"
        )
    kh, kw = shape
    oh, ow, pixels = height - kh + 1, width - kw + 1, height * width
    matrix = kernel.new_zeros((oh * ow, pixels))
    matrix.as_strided((oh, ow, kh, kw), (ow * pixels + width, pixels + 1, width, 1)).copy_(kernel)
    return matrix
