"""two transforms instead of three

You count the transforms of the signal and of the kernel, but not the inverse one.
There are three transforms: two forward and one inverse.
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
    log = (n + k - 2).bit_length()
    return 4 * (2 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
