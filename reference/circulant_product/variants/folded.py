"""The linear convolution (a product of polynomials), folded once modulo n."""

import torch


def multiply_circulants(c, d):
    if (c.dim(), d.dim()) != (1, 1) or len(c) != len(d) or not len(c):
        raise ValueError("not two vectors of the same length")
    n = len(c)
    y = c.new_zeros(2 * n)
    for m in range(n):
        tail = c.new_zeros(n - m)
        y = y + torch.cat((c.new_zeros(m), c * d[m], tail))
    return y[:n] + y[n:]
