"""tensor returned instead of a bool

Comparing tensors gives a tensor, and you return that tensor.
Convert it: bool(...) turns a tensor with one entry into a Python bool.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return deviation <= 1e-4 * matrix.abs().max()
