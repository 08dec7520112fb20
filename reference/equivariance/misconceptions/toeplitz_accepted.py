"""Toeplitz accepted as circulant

You compare each entry with its lower right neighbour, but not at the edges, where the ring closes.
Constant diagonals only make a Toeplitz matrix. Here they must also continue on the other side: T[i, j] = T[(i + 1) mod n, (j + 1) mod n].
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
    deviation = (matrix[1:, 1:] - matrix[:-1, :-1]).abs().max()
    return bool(deviation <= 1e-4 * matrix.abs().max())
