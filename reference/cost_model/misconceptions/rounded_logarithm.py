"""logarithm rounded as a float

math.log2 uses floats, and above 2^53 a float can't tell 2^p + 1 from 2^p: your N is half as large as it must be.
Double an int until it is long enough, or count its bits.
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
    log = math.ceil(math.log2(n + k - 1))
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
