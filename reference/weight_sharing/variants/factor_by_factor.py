"""The matrix of an image is a Kronecker product, so multiply the counts of the two axes."""


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape):
        raise ValueError("the shapes have different numbers of axes")
    if not 1 <= len(input_shape) <= 2:
        raise ValueError("signals and images only")
    dense, shared = 1, 1
    for side, taps in zip(input_shape, kernel_shape, strict=True):
        if taps < 1 or taps > side:
            raise ValueError(f"{taps} taps don't fit into {side}")
        dense *= side * (side - taps + 1)
        shared *= taps
    return dense, shared
