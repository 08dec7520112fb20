"""torch's convolution instead of a matrix

Your result is correct, but one of torch's convolution functions computes it.
This exercise is about the matrix: build it, and multiply the signal by it.
"""

from torch.nn.functional import conv1d


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return conv1d(x[None, None], kernel[None, None])[0, 0]
