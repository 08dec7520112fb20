"""middle of the linear convolution

You keep the middle n entries of the linear convolution (mode "same") and drop both ends.
The product of circulants drops nothing: entries that are n places apart are added.
"""


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    n = len(c)
    y = c.new_zeros(2 * n - 1)
    for i in range(n):
        for m in range(n):
            y[i + m] = y[i + m] + c[i] * d[m]
    return y[(n - 1) // 2 : (n - 1) // 2 + n]
