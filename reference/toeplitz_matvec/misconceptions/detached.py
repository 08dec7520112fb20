"""inputs detached from autograd

You leave torch (NumPy, .item(), .tolist() or .detach()), so no gradient reaches the inputs.
torch.cat, flip and torch.fft do the same work and keep the gradients.
"""

import numpy as np
import torch


def toeplitz_matvec(column, row, x):
    if {column.dim(), row.dim(), x.dim()} != {1} or 0 in (len(column), len(row)) or len(row) != len(x):
        raise ValueError("shapes")
    if column[0] != row[0]:
        raise ValueError("column[0] != row[0]")
    m, n = len(column), len(row)
    c = np.concatenate((column.detach().cpu().numpy(), row.detach().cpu().numpy()[:0:-1]))
    product = np.fft.rfft(c) * np.fft.rfft(x.detach().cpu().numpy(), m + n - 1)
    return torch.from_numpy(np.fft.irfft(product, m + n - 1)[:m].copy()).to(x)
