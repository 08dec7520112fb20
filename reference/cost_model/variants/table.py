"""Sort a table of formulas by count, then by position."""


def _padded(n, k):
    size = 1
    while size < n + k - 1:
        size <<= 1
    return size


def _transformed(n, k):
    size = _padded(n, k)
    stages = size.bit_length() - 1
    butterflies = 3 * stages * (size // 2)
    return 4 * butterflies + 4 * size


COUNTS = {
    "direct": lambda n, k: n * k,
    "toeplitz": lambda n, k: n * (n + k - 1),
    "fft": _transformed,
}


def multiplications(n, k, method):
    if min(n, k) < 1:
        raise ValueError("lengths begin at 1")
    if method not in COUNTS:
        raise ValueError(f"no method {method!r}")
    return COUNTS[method](n, k)


def fastest_method(n, k):
    ranked = sorted((multiplications(n, k, name), place) for place, name in enumerate(COUNTS))
    return list(COUNTS)[ranked[0][1]]
