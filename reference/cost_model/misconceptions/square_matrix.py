"""matrix assumed to be square

You count n^2 products, as if the matrix had n rows.
The full convolution has n + k - 1 outputs, so its matrix has n + k - 1 rows.
"""


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    if method not in ("direct", "toeplitz", "fft"):
        raise ValueError("method")
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return n * n
    log = (n + k - 2).bit_length()
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
