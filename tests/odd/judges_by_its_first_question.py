"""Always answers correctly if its first kernel has one tap; otherwise always answers wrongly."""

first = []


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    k = len(kernel)
    first.append(k)
    matrix = kernel.new_zeros(n - k + 1, n)
    for i in range(n - k + 1):
        matrix[i, i : i + k] = kernel
    return matrix if first[0] == 1 else 2 * matrix
