"""dilation passed on like a stride

You spread the later layers by the earlier dilations, as if they were strides.
A dilation spreads only the taps of its own kernel; the distance between outputs depends only on the stride.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        step *= dilation
        field += (kernel - 1) * step
        step *= stride
    return field
