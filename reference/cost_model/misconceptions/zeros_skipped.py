"""zeros of the matrix skipped

You count only the entries of the matrix that aren't zero, which is the count of the direct method.
A matrix product multiplies all of its entries: (n + k - 1) n.
"""


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    if method not in ("direct", "toeplitz", "fft"):
        raise ValueError("method")
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return n * k
    log = (n + k - 2).bit_length()
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
