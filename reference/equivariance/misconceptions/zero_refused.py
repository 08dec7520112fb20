"""matrix of zeros refused

You divide by the largest entry, and for a matrix of zeros 0 / 0 is NaN; every comparison with NaN is false.
Don't divide: the test `difference <= tolerance * largest` also works when both sides are 0.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation / matrix.abs().max() <= 1e-4)
