import torch


def build_circulant(c):
    if c.dim() != 1 or len(c) < 1:
        raise ValueError("c must be a vector with at least one entry")

    # column j is c, moved down by j places and round the end
    columns = []
    for j in range(len(c)):
        columns.append(torch.roll(c, j))
    return torch.stack(columns, dim=1)
