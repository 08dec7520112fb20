"""not padded to a power of two

You transform at length n + k - 1 itself.
This transform needs a power of two: N is the smallest one that is at least n + k - 1.
"""


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    if method not in ("direct", "toeplitz", "fft"):
        raise ValueError("method")
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return (n + k - 1) * n
    size, log = n + k - 1, (n + k - 2).bit_length()
    return 4 * (3 * (log * size // 2) + size)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
