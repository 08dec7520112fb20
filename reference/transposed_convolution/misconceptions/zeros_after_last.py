"""zeros after the last sample too

You put stride - 1 zeros after each sample, even after the last one, so the answer has stride - 1 extra zeros at its end.
Only neighbours need zeros between them: the answer has (m - 1) * stride + k - 2 * padding samples.
"""


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or len(y) == 0 or len(kernel) == 0:
        raise ValueError("y and kernel")
    if stride < 1 or padding < 0:
        raise ValueError("stride and padding")
    k = len(kernel)
    n = len(y) * stride + k - 1 - 2 * padding
    if n < 1:
        raise ValueError("padding")
    x = y.new_zeros(n + 2 * padding)
    for i in range(len(y)):
        x[i * stride : i * stride + k] += y[i] * kernel
    return x[padding : padding + n]
