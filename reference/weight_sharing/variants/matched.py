"""Handle signals and images as separate cases; any other input is an error."""


def count_parameters(input_shape, kernel_shape):
    match tuple(input_shape), tuple(kernel_shape):
        case (n,), (k,) if 1 <= k <= n:
            return (n - k + 1) * n, k
        case (height, width), (kh, kw) if 1 <= kh <= height and 1 <= kw <= width:
            return (height - kh + 1) * (width - kw + 1) * height * width, kh * kw
    raise ValueError(f"{kernel_shape} doesn't fit into {input_shape}")
