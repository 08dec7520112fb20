import numpy as np

SHORT = 64


def count_inversions(values: np.ndarray) -> int:
    if values.ndim != 1 or len(values) == 0:
        raise ValueError(f"I count in one axis that isn't empty, not in the shape {values.shape}")
    return sort_and_count(values)[1]


def sort_and_count(values):
    if len(values) <= SHORT:
        return np.sort(values), int(np.triu(values[:, None] > values, 1).sum())
    half = len(values) // 2
    left, within_left = sort_and_count(values[:half])
    right, within_right = sort_and_count(values[half:])
    overtaken = len(left) - np.searchsorted(left, right, side="right")
    merged = np.sort(np.concatenate([left, right]), kind="stable")
    return merged, within_left + within_right + int(overtaken.sum())
