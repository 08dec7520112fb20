"""inputs detached from autograd

Your answer is built from plain numbers (.item(), .tolist(), .numpy() or .detach()), so no gradient reaches y or the kernel.
Compute with the tensors themselves: products, slices and sums preserve the gradient.
"""


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
        for j, tap in enumerate(kernel.tolist()):
            x[i * stride + j] += y[i].item() * tap
    return x[padding : padding + n]
