"""The Toeplitz matrix of the taps, with n + k - 1 rows and n columns, times the signal."""


def fft_convolve(x, h):
    if x.dim() != 1 or h.dim() != 1 or 0 in (len(x), len(h)):
        raise ValueError("expected two vectors with entries")
    n, k = len(x), len(h)
    # A row of this matrix is a column of T: the taps, each column one place further down.
    columns = h.new_zeros(n, n + k - 1)
    columns.as_strided((n, k), (n + k, 1)).copy_(h)
    return columns.T @ x
