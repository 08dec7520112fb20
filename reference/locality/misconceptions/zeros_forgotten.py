"""matrix of zeros forgotten

A matrix of zeros has no nonzero entry, so your code stops with an error.
Its bandwidth is (0, 0): give max a default, or check first.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    rows, columns = matrix.nonzero(as_tuple=True)
    return max(int((rows - columns).max()), 0), max(int((columns - rows).max()), 0)


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
