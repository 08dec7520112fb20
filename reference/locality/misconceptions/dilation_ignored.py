"""dilation ignored

You treat every kernel as if its taps were adjacent.
With dilation d they are d inputs apart, and k taps span d (k - 1) + 1 inputs.
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
    for kernel, stride, _ in layers:
        field += (kernel - 1) * step
        step *= stride
    return field
