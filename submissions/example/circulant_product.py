import torch


def multiply_circulants(c, d):
    if c.dim() != 1 or d.dim() != 1:
        raise ValueError("c and d must be vectors")
    if len(c) == 0 or len(c) != len(d):
        raise ValueError(f"the columns have {len(c)} and {len(d)} entries")

    # the first column of CD is C times d, the columns of C being c rolled down
    n = len(c)
    C = torch.stack([c.roll(j) for j in range(n)], dim=1)
    return C @ d
