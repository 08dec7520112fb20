"""Reference: counts in Python's unbounded integers; bit_length finds the power of two."""

METHODS = ("direct", "toeplitz", "fft")


def multiplications(n: int, k: int, method: str) -> int:
    """Count the real products of one method."""
    if n < 1 or k < 1:
        raise ValueError(f"a signal of length {n} and a kernel of length {k}: expected at least 1 each")
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return (n + k - 1) * n
    if method == "fft":
        log = (n + k - 2).bit_length()
        return 4 * ((3 * log << log) // 2 + (1 << log))
    raise ValueError(f"method {method!r}: expected one of {', '.join(METHODS)}")


def fastest_method(n: int, k: int) -> str:
    """Return the first of the cheapest methods: min returns the first of several equal ones."""
    return min(METHODS, key=lambda method: multiplications(n, k, method))
