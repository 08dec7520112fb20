"""one for each overtaking

When your merge takes a value from the right half, it adds 1.
That value is smaller than all remaining values of the left half: add the number of those values.
"""


def count_inversions(values):
    if values.ndim != 1 or values.size == 0:
        raise ValueError("one axis and at least one value, please")
    return merge_sort(values.tolist())[1]


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
            found += 1
    return merged + left[i:] + right[j:], found
