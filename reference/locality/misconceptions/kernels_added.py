"""kernels added up

You add up the kernel lengths, but each new layer adds only k - 1 inputs: two layers of length 3 see 5 inputs, not 6.
Start with 1 and add k - 1 for each layer.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 0, 1
    for kernel, stride, dilation in layers:
        field += (dilation * (kernel - 1) + 1) * step
        step *= stride
    return field
