"""input changed in place

Your function changes the input samples: it sets them to zero after using them.
The caller still uses that tensor: work on a copy, or don't change it at all.
"""

import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or len(y) == 0 or len(kernel) == 0:
        raise ValueError("y and kernel")
    if stride < 1 or padding < 0:
        raise ValueError("stride and padding")
    k = len(kernel)
    n = (len(y) - 1) * stride + k - 2 * padding
    if n < 1:
        raise ValueError("padding")
    x = y.new_zeros(n + 2 * padding)
    for i in range(len(y)):
        x[i * stride : i * stride + k] += y[i] * kernel
        with torch.no_grad():
            y[i] = 0
    return x[padding : padding + n]
