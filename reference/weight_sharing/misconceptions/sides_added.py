"""sides added instead of multiplied

You add the height and width of an image or a kernel instead of multiplying them.
A 10 x 10 image has 100 pixels, and a 3 x 3 kernel has 9 taps.
"""


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = sum(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * sum(input_shape), sum(kernel_shape)
