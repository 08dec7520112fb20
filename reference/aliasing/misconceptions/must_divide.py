"""n has to divide the length

reshape(-1, n) fails as soon as n doesn't divide the length of y.
Put zeros after y, up to the next multiple of n, and then reshape.
"""


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    return y.reshape(-1, n).sum(dim=0)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
