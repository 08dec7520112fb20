"""strides ignored

You add up d (k - 1) as if every layer had stride 1.
After a stride of 2, neighbours are 2 inputs apart: each later layer reaches twice as far.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    return max([0, *(i - j for i, j in places)]), max([0, *(j - i for i, j in places)])


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    return 1 + sum(dilation * (kernel - 1) for kernel, _, dilation in layers)
