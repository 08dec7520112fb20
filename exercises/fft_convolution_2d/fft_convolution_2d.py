"""Exercise: the matrix of periodic 2-D convolution, and linear 2-D convolution through the FFT."""

from torch import Tensor


def build_doubly_block_circulant(kernel: Tensor, height: int, width: int) -> Tensor:
    """Return the matrix B such that B @ x.flatten() is the periodic true convolution of x with the kernel.

    kernel: (kh, kw), with 1 <= kh <= height and 1 <= kw <= width; its entry (0, 0) belongs to shift 0
    height, width: the size of the images x
    returns: (height * width, height * width), of the kernel's dtype and on its device
    raises ValueError: when the kernel is empty, isn't 2-D, or is taller or wider than the images
    """
    raise NotImplementedError("TODO: build the matrix")


def fft_convolve_2d(x: Tensor, h: Tensor) -> Tensor:
    """Return the full linear convolution of x and h in O(n log n) for n pixels, through the 2-D FFT.

    x: (H, W), real, with H >= 1 and W >= 1
    h: (kh, kw), real, with kh >= 1 and kw >= 1; it may be larger than x
    returns: (H + kh - 1, W + kw - 1), of the inputs' dtype and on their device
    raises ValueError: when x or h is empty, or isn't 2-D
    """
    raise NotImplementedError("TODO: pad, transform, multiply, transform back")
