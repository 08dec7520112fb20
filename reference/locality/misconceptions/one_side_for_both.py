"""band assumed to be symmetric

You measure how far the entries reach above the diagonal, and return the same number for the side below.
A band needn't be symmetric: measure the two sides separately.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    upper = max([0, *(j - i for i, j in matrix.nonzero().tolist())])
    return upper, upper


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
