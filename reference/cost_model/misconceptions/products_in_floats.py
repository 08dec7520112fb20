"""large counts rounded

You multiply in floating point and turn the result back into an int: above 2^53 its last digits are lost.
Multiply Python ints, which never round.
"""


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    if method not in ("direct", "toeplitz", "fft"):
        raise ValueError("method")
    if method == "direct":
        return int(float(n) * k)
    if method == "toeplitz":
        return int(float(n + k - 1) * n)
    log = (n + k - 2).bit_length()
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
