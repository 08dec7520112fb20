"""padded like the layer

You put zeros between the samples and slide the reversed kernel over them, but with `padding` zeros at each end.
The full result needs k - 1 zeros at each end, and cropping removes `padding` of them: use k - 1 - padding zeros.
"""


def transposed_convolve(y, kernel, stride=1, padding=0):
    if y.dim() != 1 or kernel.dim() != 1 or len(y) == 0 or len(kernel) == 0:
        raise ValueError("y and kernel")
    if stride < 1 or padding < 0:
        raise ValueError("stride and padding")
    k = len(kernel)
    spread = y.new_zeros((len(y) - 1) * stride + 1 + 2 * padding)
    spread[padding : len(spread) - padding : stride] = y
    if k > len(spread):
        raise ValueError("kernel")
    return spread.unfold(0, k, 1) @ kernel.flip(0)
