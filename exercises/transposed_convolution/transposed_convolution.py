"""Exercise: the transposed convolution, the adjoint of a strided and padded cross-correlation."""

from torch import Tensor


def transposed_convolve(y: Tensor, kernel: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Return T.T @ y, where T is the matrix of the cross-correlation with this kernel, stride and padding.

    y: (m,), with m >= 1
    kernel: (k,), with k >= 1
    stride: the distance between two neighbouring copies of the kernel
    padding: how many samples are cut off at each end
    returns: (n,) with n = (m - 1) * stride + k - 2 * padding, with the inputs' dtype and device
    raises ValueError: when y or the kernel is empty or isn't 1-D; when stride < 1 or padding < 0;
        when this n is less than 1
    """
    raise NotImplementedError("TODO: apply the transposed matrix")
