"""Convention: mode valid

Your count is for mode 'valid', with n - k + 1 positions where the whole kernel lies inside the signal. The exercise asks for mode 'full'.
The full convolution has n + k - 1 outputs, and each sample meets each tap once: n k products.
"""


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    if method not in ("direct", "toeplitz", "fft"):
        raise ValueError("method")
    if method == "direct":
        return max(n - k + 1, 0) * k
    if method == "toeplitz":
        return (n + k - 1) * n
    log = (n + k - 2).bit_length()
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return min(("direct", "toeplitz", "fft"), key=lambda method: multiplications(n, k, method))
