"""columns multiplied entry by entry

You multiply the two columns number by number.
That is right for the eigenvalues. The columns need a convolution instead, sum_m c[(j - m) mod n] d[m].
"""


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    return c * d
