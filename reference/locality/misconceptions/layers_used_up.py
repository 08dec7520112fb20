"""list of layers used up

You remove the layers from the list with pop, so the caller's list is empty afterwards.
Loop over it with for, or work on a copy: list(layers).
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field = 1
    while layers:
        kernel, stride, dilation = layers.pop()
        field = stride * (field - 1) + dilation * (kernel - 1) + 1
    return field
