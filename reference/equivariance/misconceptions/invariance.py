"""invariance instead of equivariance

You check whether T shift(x) = T x, which means that the output stays where it is.
Equivariance means that the output moves with the input: T shift(x) = shift(T x).
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll(1, 1) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
