"""only the kernels checked

You refuse an empty kernel, but not a stride or a dilation that is less than 1.
Each of the three numbers of a layer must be at least 1, also in the last layer, where the stride has no effect.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(kernel < 1 for kernel, _, _ in layers):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
