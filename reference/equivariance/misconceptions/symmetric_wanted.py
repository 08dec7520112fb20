"""symmetry instead of equivariance

You check whether the matrix equals its transpose.
That is a different property: the circulant of [1, 2, 3] isn't symmetric, and the symmetric Toeplitz matrix of [1, 2, 3] isn't circulant.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.T - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
