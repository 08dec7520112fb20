"""zeros between the taps

You spread out the kernel's taps by the stride instead of the samples: that is a dilation.
The stride spreads the samples: copy i of the kernel begins at position i * stride.
"""


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or len(y) == 0 or len(kernel) == 0:
        raise ValueError("y and kernel")
    if stride < 1 or padding < 0:
        raise ValueError("stride and padding")
    k = len(kernel)
    n = len(y) - 1 + (k - 1) * stride + 1 - 2 * padding
    if n < 1:
        raise ValueError("padding")
    x = y.new_zeros(n + 2 * padding)
    for i in range(len(y)):
        x[i : i + (k - 1) * stride + 1 : stride] += y[i] * kernel
    return x[padding : padding + n]
