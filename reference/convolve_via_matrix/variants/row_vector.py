"""The signal is a row, multiplied from the left: entry (c, i) of the matrix is the tap c - i of a padded kernel."""

import torch


def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 0 < kernel.shape[0] <= x.shape[0]:
        raise ValueError("expected (n,) and (k,) with 1 <= k <= n")
    n, k = x.shape[0], kernel.shape[0]
    places = torch.arange(n, device=kernel.device)
    tap = places[:, None] - places[None, : n - k + 1]
    padded = torch.cat((kernel, kernel.new_zeros(1)))
    return x @ padded[torch.where((tap >= 0) & (tap < k), tap, k)]
