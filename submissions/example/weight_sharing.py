"""Outputs times inputs for the dense layer, taps for the convolution."""


def count_parameters(input_shape: tuple[int, ...], kernel_shape: tuple[int, ...]) -> tuple[int, int]:
    """Count along each axis and multiply."""
    axes = len(input_shape)
    if axes != len(kernel_shape):
        raise ValueError("input and kernel need the same number of axes")
    if axes == 0 or axes > 2:
        raise ValueError("only signals and images")

    inputs = 1
    outputs = 1
    taps = 1
    for n, k in zip(input_shape, kernel_shape):
        if k < 1:
            raise ValueError("the kernel is empty")
        if k > n:
            raise ValueError("the kernel doesn't fit")
        inputs = inputs * n
        outputs = outputs * (n - k + 1)
        taps = taps * k
    return outputs * inputs, taps
