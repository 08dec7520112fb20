"""Three formulas, and the smallest of their results."""


def multiplications(n, k, method):
    if n < 1 or k < 1:
        raise ValueError("signal and kernel need at least one sample each")
    if method == "direct":
        return n * k
    if method == "toeplitz":
        return (n + k - 1) * n
    if method == "fft":
        N = 1
        log = 0
        while N < n + k - 1:
            N = 2 * N
            log = log + 1
        one_transform = N * log // 2
        return 4 * (3 * one_transform + N)
    raise ValueError("unknown method " + repr(method))


def fastest_method(n, k):
    best = "direct"
    for method in ["toeplitz", "fft"]:
        if multiplications(n, k, method) < multiplications(n, k, best):
            best = method
    return best
