"""A different correct solution: each step doubles the length of the runs and merges all in one call."""

import numpy as np


def count_inversions(values: np.ndarray) -> int:
    if values.ndim != 1 or values.size == 0:
        raise ValueError("one axis and at least one value, please")
    size = 1
    while size < len(values):
        size *= 2
    runs = np.arange(size)
    runs[np.argsort(values, kind="stable")] = np.arange(len(values))
    found, width = 0, 1
    while width < size:
        # The lowest bit remembers the run that a rank comes from.
        pairs = runs.reshape(-1, 2 * width) * 2
        pairs[:, width:] += 1
        pairs.sort(axis=1)
        from_right = (pairs & 1).astype(bool)
        places = np.broadcast_to(np.arange(2 * width), pairs.shape)[from_right]
        overtaken_by = int(places.sum()) - len(pairs) * (width * (width - 1) // 2)
        found += len(pairs) * width * width - overtaken_by
        runs = (pairs >> 1).ravel()
        width *= 2
    return found
