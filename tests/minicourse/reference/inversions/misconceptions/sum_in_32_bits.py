"""count kept in 32 bits

Your count is a 32-bit integer, which overflows above 2^31 - 1.
Half a million values have about 10^11 pairs: use a Python int or int64.
"""

import numpy as np


def count_inversions(values):
    if values.ndim != 1 or values.size == 0:
        raise ValueError("one axis and at least one value, please")
    return int(np.array(merge_sort(values.tolist())[1]).astype(np.int32))


def merge_sort(numbers):
    if len(numbers) == 1:
        return numbers, 0
    half = len(numbers) // 2
    left, within_left = merge_sort(numbers[:half])
    right, within_right = merge_sort(numbers[half:])
    found = within_left + within_right
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
            found += len(left) - i
    return merged + left[i:] + right[j:], found
