"""only the first two columns compared

You compare column 1 with column 0 moved by one place, and stop there.
Every column must be the previous one moved by one place, and the first must be the last one moved by one place.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    if len(matrix) == 1:
        return True
    deviation = (matrix[:, 0].roll(1) - matrix[:, 1]).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
