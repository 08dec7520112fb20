"""Treat a signal as an image with one row; count the matrix's rows with ranges."""


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) == len(kernel_shape) == 1:
        return count_parameters((1, *input_shape), (1, *kernel_shape))
    if len(input_shape) != 2 or len(kernel_shape) != 2:
        raise ValueError("expected (n,) and (k,), or (H, W) and (kh, kw)")
    (height, width), (kh, kw) = input_shape, kernel_shape
    down, across = range(height - kh + 1), range(width - kw + 1)
    if min(kh, kw) < 1 or down.stop < 1 or across.stop < 1:
        raise ValueError("the kernel has no place in the input")
    rows = down.stop * across.stop
    columns = height * width
    return rows * columns, kh * kw
