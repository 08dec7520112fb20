"""only the first row and column read

You read the band off the first row and the first column, as if the matrix were Toeplitz.
The entry furthest from the diagonal may be in any row: look at every entry.
"""


def bandwidth(matrix):
    if matrix.dim() != 2 or matrix.numel() == 0:
        raise ValueError("matrix")
    below, above = matrix[:, 0].nonzero(), matrix[0].nonzero()
    return (int(below.max()) if len(below) else 0), (int(above.max()) if len(above) else 0)


def receptive_field(layers):
    if any(number < 1 for layer in layers for number in layer):
        raise ValueError("layers")
    field, step = 1, 1
    for kernel, stride, dilation in layers:
        field += dilation * (kernel - 1) * step
        step *= stride
    return field
