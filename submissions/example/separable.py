import torch


def toeplitz(taps, n):
    if taps.dim() != 1:
        raise ValueError("u and v must be vectors")
    k = len(taps)
    if k < 1 or k > n:
        raise ValueError("u must fit into the height and v into the width")
    T = torch.zeros(n - k + 1, n, dtype=taps.dtype, device=taps.device)
    for i in range(n - k + 1):
        T[i, i : i + k] = taps
    return T


def build_separable(u, v, height, width):
    Tu = toeplitz(u, height)
    Tv = toeplitz(v, width)

    # block (r, s) is the number Tu[r, s] times the whole matrix Tv
    block_rows = []
    for r in range(Tu.shape[0]):
        block_rows.append(torch.cat([Tu[r, s] * Tv for s in range(height)], dim=1))
    return torch.cat(block_rows, dim=0)
