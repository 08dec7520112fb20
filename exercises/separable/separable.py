"""Exercise: a separable kernel is a Kronecker product."""

from torch import Tensor


def build_separable(u: Tensor, v: Tensor, height: int, width: int) -> Tensor:
    """Return the matrix T of the valid cross-correlation with the kernel outer(u, v), for images (H, W).

    u: (kh,), the vertical taps, with 1 <= kh <= height
    v: (kw,), the horizontal taps, with 1 <= kw <= width; of the same dtype and on the same device as u
    height, width: the height H and width W of the images
    returns: (oh * ow, H * W) with oh = H - kh + 1 and ow = W - kw + 1, of the dtype of u and on its device;
        pixel (r, c) is column r * W + c, output (r, c) is row r * ow + c
    raises ValueError: when u or v is empty or isn't 1-D, when len(u) > height, or when len(v) > width
    """
    raise NotImplementedError("TODO: build the matrix")
