"""Exercise: the gradient of a shared kernel, and the nearest Toeplitz matrix."""

from torch import Tensor


def kernel_gradient(x: Tensor, grad_y: Tensor, k: int) -> Tensor:
    """Return the gradient of <grad_y, y> with respect to h, where y is the cross-correlation of x with h.

    x: (n,), with n >= 1
    grad_y: (n - k + 1,), the gradient of the loss with respect to y
    k: the length of the kernel h, with 1 <= k <= n
    returns: (k,), of the inputs' dtype and on their device
    raises ValueError: when x or grad_y is empty or isn't 1-D, when k < 1, or when the length of grad_y
        isn't n - k + 1
    """
    raise NotImplementedError("TODO: sum what each tap receives from all places")


def project_to_toeplitz(matrix: Tensor) -> Tensor:
    """Return the Toeplitz matrix that is nearest to the given one in the Frobenius norm.

    matrix: (m, n), with m >= 1 and n >= 1
    returns: (m, n), of the matrix's dtype and on its device
    raises ValueError: when the matrix is empty or isn't 2-D
    """
    raise NotImplementedError("TODO: average along each diagonal")
