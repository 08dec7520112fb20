"""Reference: gather the matrix from a padded kernel; convolve with real 2-D transforms."""

import torch
from torch import Tensor
from torch.nn.functional import pad


def build_doubly_block_circulant(kernel: Tensor, height: int, width: int) -> Tensor:
    """Gather tap (r - i, c - j), modulo height and width, for each output (r, c) and each pixel (i, j)."""
    fits = kernel.dim() == 2 and 1 <= kernel.shape[0] <= height and 1 <= kernel.shape[1] <= width
    if not fits:
        raise ValueError(
            f"kernel of shape {tuple(kernel.shape)} for images of {height} x {width}: expected "
            "(kh, kw) with 1 <= kh <= height and 1 <= kw <= width"
        )
    padded = pad(kernel, (0, width - kernel.shape[1], 0, height - kernel.shape[0]))
    down, right = (_turns(side, kernel.device) for side in (height, width))
    return padded[down[:, None, :, None], right[None, :, None, :]].reshape(height * width, height * width)


def fft_convolve_2d(x: Tensor, h: Tensor) -> Tensor:
    """Multiply the transforms, padded to powers of two, transform back, and crop to the output size."""
    if x.dim() != 2 or h.dim() != 2 or 0 in (*x.shape, *h.shape):
        raise ValueError(
            f"image of shape {tuple(x.shape)} and kernel of shape {tuple(h.shape)}: "
            "expected (H, W) and (kh, kw), each side at least 1"
        )
    rows, columns = (side + taps - 1 for side, taps in zip(x.shape, h.shape, strict=True))
    sides = tuple(1 << (side - 1).bit_length() for side in (rows, columns))
    spectrum = torch.fft.rfft2(x, sides) * torch.fft.rfft2(h, sides)
    return torch.fft.irfft2(spectrum, sides)[:rows, :columns]


def _turns(side: int, device: torch.device) -> Tensor:
    places = torch.arange(side, device=device)
    return (places[:, None] - places) % side
