"""Oracles for counts, shifts, bands and gradients: one loop nest for each formula."""

from __future__ import annotations

import torch
from torch import Tensor


def dense_and_shared(input_shape: tuple[int, int], kernel_shape: tuple[int, int]) -> tuple[int, int]:
    """Return how many entries T has, and how many different taps: T[(r, c), (i, j)] is tap (i - r, j - c) or zero."""
    (height, width), (kh, kw) = input_shape, kernel_shape
    entries, taps = 0, set()
    for r in range(height - kh + 1):
        for c in range(width - kw + 1):
            for i in range(height):
                for j in range(width):
                    entries += 1
                    if 0 <= i - r < kh and 0 <= j - c < kw:
                        taps.add((i - r, j - c))
    return entries, len(taps)


def cyclic_shift(x: Tensor, s: int) -> Tensor:
    """y[(i + s) mod n] = x[i]: (n,) -> (n,)."""
    signal, n = x.tolist(), len(x)
    y = [0.0] * n
    for i in range(n):
        y[(i + s) % n] = signal[i]
    return torch.tensor(y, dtype=x.dtype)


def cyclic_matrix(c: Tensor) -> Tensor:
    """C[i, j] = c[(i - j) mod n]: (n,) -> (n, n), circulant."""
    column, n = c.tolist(), len(c)
    return torch.tensor([[column[(i - j) % n] for j in range(n)] for i in range(n)], dtype=c.dtype)


def square_toeplitz(column: Tensor, row: Tensor) -> Tensor:
    """T[i, j] = column[i - j] on and below the diagonal, row[j - i] above it: (n,), (n,) -> (n, n)."""
    below, above, n = column.tolist(), row.tolist(), len(column)
    entries = [[below[i - j] if i >= j else above[j - i] for j in range(n)] for i in range(n)]
    return torch.tensor(entries, dtype=column.dtype)


def commutes_with_shifts(matrix: Tensor) -> bool:
    """T[i, j] = T[(i + s) mod n, (j + s) mod n] for all i, j and s: (n, n) -> bool."""
    rows, n = matrix.tolist(), len(matrix)
    for s in range(n):
        for i in range(n):
            for j in range(n):
                if rows[i][j] != rows[(i + s) % n][(j + s) % n]:
                    return False
    return True


def band(matrix: Tensor) -> tuple[int, int]:
    """(max of i - j, max of j - i) over all (i, j) with T[i, j] != 0, at least 0: (m, n) -> (lower, upper)."""
    rows = matrix.tolist()
    lower = upper = 0
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            if rows[i][j] != 0:
                lower, upper = max(lower, i - j), max(upper, j - i)
    return lower, upper


def span(layers: list[tuple[int, int, int]]) -> int:
    """Return last - first + 1 for the inputs of output 0. Output p needs p s + j d one layer below, j < k."""
    places = {0}
    for kernel, stride, dilation in reversed(layers):
        places = {p * stride + j * dilation for p in places for j in range(kernel)}
    return max(places) - min(places) + 1


METHODS = ("direct", "toeplitz", "fft")


def products(n: int, k: int, method: str) -> int:
    """n k, (n + k - 1) n or 4 (3 N log2(N) / 2 + N), where N is 1, doubled until N >= n + k - 1."""
    count = 0
    if method == "fft":
        size, stages = 1, 0
        while size < n + k - 1:
            size, stages = size * 2, stages + 1
        for _transform in range(3):
            for _stage in range(stages):
                count += 4 * (size // 2)
        return count + 4 * size
    for _row in range(n + k - 1 if method == "toeplitz" else k):
        count += n
    return count


def cheapest(n: int, k: int) -> str:
    """Return the first method with the smallest number of products."""
    best = METHODS[0]
    for method in METHODS:
        if products(n, k, method) < products(n, k, best):
            best = method
    return best


def transposed_length(m: int, k: int, stride: int, padding: int) -> int:
    """n = (m - 1) s + k - 2 p: with n samples, the last of m kernel positions ends where the padding ends."""
    return (m - 1) * stride + k - 2 * padding


def transposed_convolve(y: Tensor, h: Tensor, stride: int, padding: int) -> Tensor:
    """x[i s + j - p] += h[j] y[i], where that sample exists: (m,), (k,) -> ((m - 1) s + k - 2 p,)."""
    samples, taps = y.tolist(), h.tolist()
    x = [0.0] * transposed_length(len(samples), len(taps), stride, padding)
    for i in range(len(samples)):
        for j in range(len(taps)):
            place = i * stride + j - padding
            if 0 <= place < len(x):
                x[place] += taps[j] * samples[i]
    return torch.tensor(x, dtype=y.dtype)


def diagonal_sums(matrix: Tensor) -> Tensor:
    """s[j - i + m - 1] = sum of A[i, j] along the diagonal j - i: (m, n) -> (m + n - 1,)."""
    rows, (m, n) = matrix.tolist(), matrix.shape
    sums = [0.0] * (m + n - 1)
    for i in range(m):
        for j in range(n):
            sums[j - i + m - 1] += rows[i][j]
    return torch.tensor(sums, dtype=matrix.dtype)


def toeplitz_of_diagonals(t: Tensor, m: int, n: int) -> Tensor:
    """T[i, j] = t[j - i + m - 1]: (m + n - 1,) -> (m, n)."""
    diagonals = t.tolist()
    return torch.tensor([[diagonals[j - i + m - 1] for j in range(n)] for i in range(m)], dtype=t.dtype)


def nearest_toeplitz(matrix: Tensor) -> Tensor:
    """P[i, j] = the mean of all A[a, b] with b - a = j - i: (m, n) -> (m, n)."""
    rows, (m, n) = matrix.tolist(), matrix.shape
    means = [[0.0] * n for _ in range(m)]
    for i in range(m):
        for j in range(n):
            along = [rows[a][a + j - i] for a in range(m) if 0 <= a + j - i < n]
            means[i][j] = sum(along) / len(along)
    return torch.tensor(means, dtype=matrix.dtype)
