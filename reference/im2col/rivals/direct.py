"""torch's own conv2d, which needs no copy of the patches."""

from torch.nn.functional import conv2d, unfold


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    return unfold(x, kernel_size, stride=stride, padding=padding, dilation=dilation)


def conv2d_via_im2col(x, weight, bias=None, stride=1, padding=0, dilation=1):
    return conv2d(x, weight, bias, stride=stride, padding=padding, dilation=dilation)
