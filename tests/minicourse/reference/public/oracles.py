"""The oracles that learners get: by NumPy's own functions, in n^2 steps, which solves nothing.

There is none for the ranks: by NumPy's functions or by a loop nest, it would be the answer.
"""

import numpy as np


def inversions(values):
    """How many pairs i < j have v[i] > v[j]."""
    return int(np.count_nonzero(np.triu(np.greater.outer(values, values), 1)))
