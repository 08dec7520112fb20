"""Convention: true convolution

Almost right, but your copies of the kernel are reversed: this is the adjoint of the true convolution. The exercise asks for the transpose of the cross-correlation.
Keep the kernel's order: add y[i] * kernel at position i * stride.
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
        x[i * stride : i * stride + k] += y[i] * kernel.flip(0)
    return x[padding : padding + n]
