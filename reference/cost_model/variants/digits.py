"""Finds the power of two from binary digits and counts with exact fractions.

A method replaces the best one so far only if it takes fewer products."""

from fractions import Fraction


def multiplications(n, k, method):
    for length in (n, k):
        if length < 1:
            raise ValueError(f"length {length}")
    outputs = n + k - 1
    zeros = len(f"{outputs - 1:b}") if outputs > 1 else 0
    size = int("1" + "0" * zeros, 2)
    counts = {
        "direct": Fraction(n * k),
        "toeplitz": Fraction(outputs * n),
        "fft": 4 * (3 * Fraction(size, 2) * zeros + size),
    }
    try:
        return int(counts[method])
    except KeyError:
        raise ValueError(f"method {method!r}") from None


def fastest_method(n, k):
    best, least = "", None
    for method in ("direct", "toeplitz", "fft"):
        count = multiplications(n, k, method)
        if least is None or count < least:
            best, least = method, count
    return best
