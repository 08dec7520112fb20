"""one too many

You count the main diagonal on each side, so a tridiagonal matrix gets (2, 2).
The two numbers are distances from the main diagonal: (1, 1) here, and (0, 0) for a diagonal matrix.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j + 1 for i, j in places)]), max([0, *(j - i + 1 for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
