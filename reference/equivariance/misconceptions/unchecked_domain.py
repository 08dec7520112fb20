"""arguments not checked

A matrix that isn't square maps between rings of different lengths, so neither True nor False is right. An empty or 2-D signal can't be shifted here.
Raise ValueError before you compute anything.
"""


def shift(x, s):
    return x.roll(s)


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1]:
        return False
    if matrix.numel() == 0:
        return True
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
