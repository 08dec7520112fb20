import torch


def build_toeplitz_2d(kernel, height, width):
    kh, kw = kernel.shape
    rows = height - kh + 1
    while rows < 1:  # the kernel is too tall: make room for one row at least
        rows = rows // 2
    columns = width - kw + 1
    if kernel.numel() == 0 or columns < 1:
        raise ValueError("the kernel doesn't fit")
    T = torch.zeros(rows, columns, height, width, dtype=kernel.dtype)
    for r in range(rows):
        for c in range(columns):
            T[r, c, r : r + kh, c : c + kw] = kernel
    return T.reshape(rows * columns, height * width)
