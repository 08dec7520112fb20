"""the layer applied instead of its transpose

You slide the kernel over y with this stride and padding, as in T @ y, so the result gets even shorter.
The transpose goes the other way: each sample of y is spread over k places of a longer signal.
"""

import torch


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or len(y) == 0 or len(kernel) == 0:
        raise ValueError("y and kernel")
    if stride < 1 or padding < 0:
        raise ValueError("stride and padding")
    k = len(kernel)
    border = y.new_zeros(padding)
    padded = torch.cat((border, y, border))
    if k > len(padded):
        raise ValueError("kernel")
    return padded.unfold(0, k, stride) @ kernel
