"""strides added instead of multiplied

You add up the strides of the previous layers.
After two strides of 3, neighbours are 9 inputs apart, not 6: strides multiply.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 0
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * max(step, 1)
        step += stride
    return field
