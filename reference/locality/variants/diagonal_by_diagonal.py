"""Search the diagonals from the outermost inwards; compute the field from the formula with a sum."""

from math import prod


def bandwidth(matrix):
    if matrix.dim() != 2 or 0 in matrix.shape:
        raise ValueError("expected a matrix with entries")
    rows, columns = matrix.shape
    lower = next((d for d in range(rows - 1, 0, -1) if matrix.diagonal(-d).any()), 0)
    upper = next((d for d in range(columns - 1, 0, -1) if matrix.diagonal(d).any()), 0)
    return lower, upper


def receptive_field(layers):
    for kernel, stride, dilation in layers:
        if kernel < 1 or stride < 1 or dilation < 1:
            raise ValueError(f"a layer ({kernel}, {stride}, {dilation})")
    strides = [stride for _, stride, _ in layers]
    return 1 + sum(d * (k - 1) * prod(strides[:place]) for place, (k, _, d) in enumerate(layers))
