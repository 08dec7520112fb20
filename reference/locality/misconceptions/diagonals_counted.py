"""diagonals counted instead of measured

You count the nonzero diagonals on each side.
The bandwidth is a distance: a single diagonal three places above the main diagonal gives 3.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    lower = sum(bool(matrix.diagonal(-d).any()) for d in range(1, matrix.shape[0]))
    upper = sum(bool(matrix.diagonal(d).any()) for d in range(1, matrix.shape[1]))
    return lower, upper


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
