"""Loop over outputs, inputs, positions and taps."""

import torch


def build_toeplitz_channels(weight, n, stride=1, padding=0, dilation=1, groups=1):
    if weight.ndim != 3 or 0 in weight.shape:
        raise ValueError("the weight must be (C_out, C_in / groups, k)")
    if stride < 1 or dilation < 1 or groups < 1 or padding < 0 or n < 1:
        raise ValueError("outside the domain")
    out, into, k = weight.shape
    room = n + 2 * padding - dilation * (k - 1) - 1
    if room < 0 or out % groups != 0:
        raise ValueError("the kernel or the groups don't fit")
    m = room // stride + 1
    matrix = torch.zeros(out * m, groups * into * n, dtype=weight.dtype, device=weight.device)
    for group in range(groups):
        for o in range(group * out // groups, (group + 1) * out // groups):
            for c in range(into):
                for i in range(m):
                    for j in range(k):
                        place = i * stride + j * dilation - padding
                        if 0 <= place < n:
                            matrix[o * m + i, (group * into + c) * n + place] = weight[o, c, j]
    return matrix
