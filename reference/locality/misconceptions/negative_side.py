"""side below zero

If all entries are on one side of the diagonal, your number for the other side is negative.
A side without entries has bandwidth 0: take the larger of your number and 0.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    places = matrix.nonzero().tolist()
    if not places:
        return 0, 0
    return max(i - j for i, j in places), max(j - i for i, j in places)


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
