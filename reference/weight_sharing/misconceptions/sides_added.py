"""sides added instead of multiplied

You add the two sides of an image, or of a kernel; multiply them.
An image of 10 by 10 has 100 pixels, and a kernel of 3 by 3 has 9 taps.
"""


def count_parameters(input_shape, kernel_shape):
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in (1, 2):
        raise ValueError("axes")
    if any(k < 1 or k > n for n, k in zip(input_shape, kernel_shape)):
        raise ValueError("sides")
    places = sum(n - k + 1 for n, k in zip(input_shape, kernel_shape))
    return places * sum(input_shape), sum(kernel_shape)
