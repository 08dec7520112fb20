"""unchecked shape

Your code doesn't check the shape.
Raise ValueError if the array is empty or doesn't have exactly one axis.
"""

import numpy as np


def count_inversions(values):
    if values.size == 0:
        return 0
    return merge_sort(np.ravel(values).tolist())[1]


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
