"""last of several equal methods returned

If two methods take the same number of products, you return the later one.
The exercise asks for the first in the order direct, toeplitz, fft: replace the best method so far only if the new count is smaller.
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
    best = "direct"
    for method in ("toeplitz", "fft"):
        if multiplications(n, k, method) <= multiplications(n, k, best):
            best = method
    return best
