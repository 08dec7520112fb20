"""product of the spectra counted as real

You count the N products of the spectra as real ones.
Spectra are complex, so they take 4 N real products.
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
    return 4 * 3 * (log * 2**log // 2) + 2**log


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
