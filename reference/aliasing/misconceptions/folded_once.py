"""folded only once

You add the entries from n to 2 n to the front, but a long signal may go round the circle more than twice.
Every turn counts: entry i gets y[i + q n] for all q.
"""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or len(y) == 0 or n < 1:
        raise ValueError("y and n")
    longer = pad(y, (0, 2 * n))
    return longer[:n] + longer[n : 2 * n]


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n and k")
    return n + k - 1
