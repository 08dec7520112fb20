"""linear instead of cyclic

Your result is the linear convolution, with 2n - 1 entries.
C D is n by n: keep the first n entries, and add the other n - 1 entries to the first n - 1.
"""


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    n = len(c)
    y = c.new_zeros(2 * n - 1)
    for i in range(n):
        for m in range(n):
            y[i + m] = y[i + m] + c[i] * d[m]
    return y
