"""gaps left out

You count only the inputs that one output really depends on, without those that a dilation or a stride skips.
The receptive field reaches from the first of these inputs to the last and includes the gaps.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    places = {0}
    for kernel, stride, dilation in reversed(layers):
        places = {p * stride + j * dilation for p in places for j in range(kernel)}
    return len(places)
