"""columns multiplied entry by entry

You multiply the two columns entry by entry.
That is right for the eigenvalues. Columns need a convolution instead: sum_m c[(j - m) mod n] d[m].
"""


def multiply_circulants(c, d):
    if c.dim() != 1 or c.shape != d.shape or len(c) == 0:
        raise ValueError("c and d")
    return c * d
