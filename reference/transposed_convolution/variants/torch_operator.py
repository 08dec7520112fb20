"""Use torch's own operator with one item and one channel."""

from torch.nn.functional import conv_transpose1d


def transposed_convolve(y, kernel, stride=1, padding=0):
    if (y.dim(), kernel.dim()) != (1, 1) or min(len(y), len(kernel), stride) < 1 or padding < 0:
        raise ValueError("outside the domain")
    if (len(y) - 1) * stride + len(kernel) <= 2 * padding:
        raise ValueError("the padding is too wide")
    return conv_transpose1d(y[None, None], kernel[None, None], stride=stride, padding=padding)[0, 0]
