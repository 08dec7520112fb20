"""tolerance too wide

You allow a tenth of the largest entry, far more than rounding errors need, so real differences pass.
Rounding errors are about a ten-millionth in float32. If the difference is a hundredth or more, the result must be False.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-1 * matrix.abs().max())
