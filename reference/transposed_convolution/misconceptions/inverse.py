"""inverse instead of transpose

You undo the cross-correlation with its (pseudo-)inverse: you look for an x with T x = y.
The transposed convolution is T.T @ y: it doesn't solve an equation, and it doesn't restore x.
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
    matrix = y.new_zeros(len(y), n + 2 * padding)
    for i in range(len(y)):
        matrix[i, i * stride : i * stride + k] = kernel
    return torch.linalg.pinv(matrix[:, padding : padding + n]) @ y
