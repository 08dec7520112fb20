"""Reference: goes through the bits of the ranks, highest bit first, for all groups at once."""

import numpy as np


def count_inversions(values: np.ndarray) -> int:
    """Count each inversion at the highest bit in which its two ranks differ."""
    if values.ndim != 1 or len(values) == 0:
        raise ValueError(f"values of shape {values.shape}: expected one axis and at least one value")
    # Equal values get their ranks in turn, so that they are no inversion; what fills up is in order.
    bits = len(values).bit_length()
    ranks = np.arange(2**bits)
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    found = 0
    for bit in reversed(range(bits)):
        # A row holds the ranks that agree above this bit, as they stand in values: half of them have a one.
        rows = ranks.reshape(-1, 2 ** (bit + 1))
        ones = (rows & 2**bit) != 0
        found += int(np.cumsum(ones, axis=1)[~ones].sum())
        ranks = np.concatenate([rows[~ones], rows[ones]])
    return found
