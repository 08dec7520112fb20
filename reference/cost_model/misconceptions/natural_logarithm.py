"""natural logarithm

You take the logarithm to base e.
A transform of length N halves its length log2(N) times: for N = 8, three times.
"""

import math


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    if method not in ("direct", "toeplitz", "fft"):
        raise ValueError("method")
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return (n + k - 1) * n
    log = (n + k - 2).bit_length()
    return int(4 * (3 * 2**log / 2 * math.log(2**log) + 2**log))


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
