"""ties ranked in turn

Your code gives equal values different ranks, in the order of their positions.
Equal values share the mean of their ranks.
"""

import numpy as np


def ranks(values):
    if values.ndim != 1:
        raise ValueError("one axis, please")
    r = np.empty(len(values))
    r[np.argsort(values, kind="stable")] = np.arange(1, len(values) + 1)
    return r
