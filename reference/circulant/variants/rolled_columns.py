"""The columns are copies of c side by side, each rolled one place further."""

import torch


def build_circulant(c):
    if c.dim() != 1 or c.numel() == 0:
        raise ValueError("expected a vector")
    columns = [c]
    while len(columns) < len(c):
        last = columns[-1]
        columns.append(torch.cat((last[-1:], last[:-1])))
    return torch.stack(columns, dim=1)
