"""Returns twice the correct number."""


def multiplications(n, k, method):
    if n < 1 or k < 1 or method not in ("direct", "toeplitz", "fft"):
        raise ValueError
    return 2 * n * k
