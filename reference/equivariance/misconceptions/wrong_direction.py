"""Convention: shift to the left

Your shift goes to the left, as roll(-s) does: entry i is x[(i + s) mod n]. The exercise asks for the shift to the right.
A positive s moves samples towards higher indices: entry i is x[(i - s) mod n], so x[0] moves to index s.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(-s)


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    deviation = (matrix.roll((1, 1), (0, 1)) - matrix).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
