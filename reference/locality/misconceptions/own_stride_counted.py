"""a layer's own stride counted

You multiply by a layer's stride before you add the layer's own part.
A stride spreads the layer's outputs, so it affects only the layers after it: add first, then multiply.
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
        step *= stride
        field += dilation * (kernel - 1) * step
    return field
