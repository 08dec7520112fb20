"""no zeros between the samples

Your copies of the kernel are one position apart, whatever the stride.
Copy i begins at position i * stride: there are stride - 1 zeros between neighbouring samples.
"""


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or len(y) == 0 or len(kernel) == 0:
        raise ValueError("y and kernel")
    if stride < 1 or padding < 0:
        raise ValueError("stride and padding")
    k = len(kernel)
    stride = 1
    n = (len(y) - 1) * stride + k - 2 * padding
    if n < 1:
        raise ValueError("padding")
    x = y.new_zeros(n + 2 * padding)
    for i in range(len(y)):
        x[i * stride : i * stride + k] += y[i] * kernel
    return x[padding : padding + n]
