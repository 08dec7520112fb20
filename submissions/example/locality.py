"""Look at every entry; walk through the layers from the input to the output."""


def bandwidth(matrix):
    if matrix.dim() != 2:
        raise ValueError("a matrix has two axes")
    if matrix.numel() == 0:
        raise ValueError("the matrix is empty")
    rows = matrix.tolist()
    lower = 0
    upper = 0
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            if entry != 0:
                lower = max(lower, i - j)
                upper = max(upper, j - i)
    return lower, upper


def receptive_field(layers):
    field = 1
    apart = 1  # how far apart in the input two neighbours lie
    for kernel, stride, dilation in layers:
        if kernel < 1 or stride < 1 or dilation < 1:
            raise ValueError("kernel, stride and dilation must be at least 1")
        field += (kernel - 1) * dilation * apart
        apart *= stride
    return field
