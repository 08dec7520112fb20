"""tried with the shift by two only

You try only the shift by two places. On a ring of even length, it never moves a sample from an even index to an odd one.
Every shift is a repeated shift by one place: try that one, or try all shifts.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((2, 2), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
