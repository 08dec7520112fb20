"""last window lost

You stop one place too early: the window at the very end of the signal is missing.
There are n - k + 1 places: one place, not zero, for k = n.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.unfold(0, len(kernel), 1) @ kernel)[:-1]
