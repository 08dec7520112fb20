"""arguments not checked

An empty signal or kernel has no convolution, and its count would be 0 or less.
Raise ValueError in this case, and also for a method that isn't one of the three.
"""


def multiplications(n, k, method):
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return (n + k - 1) * n
    log = max(n + k - 2, 0).bit_length()
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    log = max(n + k - 2, 0).bit_length()
    return "fft" if 4 * (3 * (log * 2**log // 2) + 2**log) < n * k else "direct"
