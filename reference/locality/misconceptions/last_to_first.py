"""layers read from last to first

You go from the last layer to the first with the formula for the other direction, so each layer gets the strides of the layers after it.
Layer l is spread by the strides of the layers before it.
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
    for kernel, stride, dilation in reversed(layers):
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
