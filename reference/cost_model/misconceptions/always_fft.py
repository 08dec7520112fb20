"""FFT assumed to be always the fastest

You assume that n log n is always less than n k, but that is true only for long kernels.
With a short kernel the transforms cost more than they save: compare the counts.
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
    return 4 * (3 * (log * 2**log // 2) + 2**log)


def fastest_method(n, k):
    if n < 1 or k < 1:
        raise ValueError("lengths")
    return "fft"
