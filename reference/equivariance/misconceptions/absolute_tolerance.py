"""tolerance independent of the unit

Your tolerance is a fixed number, so every matrix with tiny entries passes, and no matrix with huge entries does.
Multiply it by the largest absolute entry: the result must not depend on the unit.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    return bool((matrix.roll((1, 1), (0, 1)) - matrix).abs().max() <= 1e-4)
