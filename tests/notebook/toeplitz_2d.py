"""The notebook's own answer to part 2, unchanged."""

import torch


def build_toeplitz_2d(kernel_2d, H, W):
    R, S = kernel_2d.shape
    out_H = H - R + 1
    out_W = W - S + 1
    T = torch.zeros(out_H * out_W, H * W)
    for i in range(out_H):
        for j in range(out_W):
            out_idx = i * out_W + j
            for r in range(R):
                for s in range(S):
                    in_row = i + r
                    in_col = j + s
                    in_idx = in_row * W + in_col
                    T[out_idx, in_idx] = kernel_2d[r, s]
    return T
