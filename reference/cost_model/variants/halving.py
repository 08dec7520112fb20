"""A recursion: a transform of length N is two of length N / 2, joined by N / 2 products."""


def _transform(size):
    return 0 if size == 1 else 2 * _transform(size // 2) + size // 2


def multiplications(n, k, method):
    if n <= 0 or k <= 0:
        raise ValueError("nothing to convolve")
    match method:
        case "direct":
            return n * k
        case "toeplitz":
            return n * k + n * (n - 1)
        case "fft":
            size = 1 << (n + k - 2).bit_length()
            return 4 * (_transform(size) + _transform(size) + size + _transform(size))
    raise ValueError(f"unknown method {method!r}")


def fastest_method(n, k):
    # The matrix multiplies zeros as well, so it is never cheaper than the direct method.
    direct, fft = multiplications(n, k, "direct"), multiplications(n, k, "fft")
    return "fft" if fft < direct else "direct"
