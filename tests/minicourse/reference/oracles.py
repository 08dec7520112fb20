"""The oracles: one loop nest for each definition."""

import numpy as np


def mean_ranks(values):
    """r[i] = 1 + number of values below v[i] + half the number of other values equal to v[i]."""
    r = np.ones(len(values))
    for i in range(len(values)):
        for j in range(len(values)):
            if values[j] < values[i]:
                r[i] += 1
            elif j != i and values[j] == values[i]:
                r[i] += 0.5
    return r


def inversions(values):
    """Return the number of pairs i < j with v[i] > v[j]."""
    found = 0
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if values[i] > values[j]:
                found += 1
    return found
