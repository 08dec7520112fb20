"""d k instead of d (k - 1) + 1

You let a kernel of k taps with dilation d span d k inputs.
Between k taps there are k - 1 gaps: the span is d (k - 1) + 1.
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
        field += (dilation * kernel - 1) * step
        step *= stride
    return field
