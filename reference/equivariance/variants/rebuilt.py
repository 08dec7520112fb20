"""An equivariant matrix is the circulant of its first column: build that circulant, and compare."""

import torch


def shift(x, s):
    if x.dim() != 1 or x.shape[0] == 0:
        raise ValueError("expected a signal")
    n = x.shape[0]
    return torch.stack([x[(i - s) % n] for i in range(n)])


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or matrix.shape[0] == 0:
        raise ValueError("expected a square matrix")
    rows = matrix.tolist()
    n = len(rows)
    largest = max(abs(entry) for row in rows for entry in row)
    for i in range(n):
        for j in range(n):
            if abs(rows[i][j] - rows[(i - j) % n][0]) > 1e-3 * largest:
                return False
    return True
