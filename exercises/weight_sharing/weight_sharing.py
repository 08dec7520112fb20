"""Exercise: the number of weights in a dense layer and in a convolution."""


def count_parameters(input_shape: tuple[int, ...], kernel_shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the numbers of weights in a dense layer and in a valid convolution: (dense, shared).

    input_shape: (n,) for signals, or (H, W) for images
    kernel_shape: (k,) with 1 <= k <= n, or (kh, kw) with 1 <= kh <= H and 1 <= kw <= W
    returns: the entries of a dense matrix from all inputs to all outputs, and the weights of the kernel
    raises ValueError: when the shapes have different numbers of axes, no axes, or more than two;
        when a size is less than 1; when the kernel is longer than the input along an axis
    """
    raise NotImplementedError("TODO: count the weights")
