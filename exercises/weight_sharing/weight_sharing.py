"""Exercise: how many weights a dense layer has, and how many a convolution shares."""


def count_parameters(input_shape: tuple[int, ...], kernel_shape: tuple[int, ...]) -> tuple[int, int]:
    """Return how many weights map the input to the valid outputs: (dense, shared).

    input_shape: (n,) for signals, or (H, W) for images
    kernel_shape: (k,) with 1 <= k <= n, or (kh, kw) with 1 <= kh <= H and 1 <= kw <= W
    returns: the entries of a dense matrix from all inputs to all outputs, and the weights of the kernel
    raises ValueError: when the two have different numbers of axes, or neither one nor two of them;
        when a side is less than 1; when the kernel is longer than the input along an axis
    """
    raise NotImplementedError("TODO: count the weights")
