"""Exercise: the Fourier matrix, and the eigenvalues of a circulant."""

from torch import Tensor


def dft_matrix(n: int) -> Tensor:
    """Return the matrix F such that F @ x is the discrete Fourier transform of x.

    n: the length of the signals, at least 1
    returns: (n, n), complex128 on torch's default device, with F[f, j] = exp(-2 pi i f j / n)
    raises ValueError: when n is less than 1
    """
    raise NotImplementedError("TODO: build the matrix")


def circulant_eigenvalues(c: Tensor) -> Tensor:
    """Return the eigenvalues of the circulant C with first column c, in the order of F's rows.

    In this order, F C = diag(eig) F.

    c: (n,), real or complex, with n >= 1
    returns: (n,), on c's device; complex64 if c is float32 or complex64, otherwise complex128
    raises ValueError: when c is empty, or isn't 1-D
    """
    raise NotImplementedError("TODO: transform the first column")
