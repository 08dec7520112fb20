"""Find triangles that hold all nonzero entries; apply r = s (r - 1) + d (k - 1) + 1 backwards."""

import torch


def bandwidth(matrix):
    if matrix.ndim != 2 or matrix.shape[0] == 0 or matrix.shape[1] == 0:
        raise ValueError("expected a matrix with entries")
    lower, upper = 0, 0
    while not torch.equal(matrix.triu(-lower), matrix):
        lower += 1
    while not torch.equal(matrix.tril(upper), matrix):
        upper += 1
    return lower, upper


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("every number of a layer is at least 1")
    field = 1
    for kernel, stride, dilation in layers[::-1]:
        field = stride * (field - 1) + dilation * (kernel - 1) + 1
    return field
