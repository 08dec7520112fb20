"""The oracles that learners get: NumPy code that takes n^2 steps, too slow to be a solution.

There is no oracle for the ranks, because it would itself be a solution.
"""

import numpy as np


def inversions(values):
    """Return the number of pairs i < j with v[i] > v[j]."""
    return int(np.count_nonzero(np.triu(np.greater.outer(values, values), 1)))
