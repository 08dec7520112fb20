"""arguments not checked

Empty or 2-D inputs, a stride below 1, a negative padding and a padding that removes all samples are invalid.
Raise ValueError before you compute anything: an empty or wrong answer would hide the mistake.
"""


def transposed_convolve(y, kernel, stride=1, padding=0):
    k = len(kernel)
    n = (len(y) - 1) * stride + k - 2 * padding
    x = y.new_zeros(max(n, 0) + 2 * padding)
    for i in range(len(y)):
        x[i * stride : i * stride + k] += y[i] * kernel
    return x[padding : padding + n]
