"""last window lost

You stop one position too early: the window at the very end of the signal is missing.
There are n - k + 1 positions, so for k = n there is one position, not zero.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.unfold(0, len(kernel), 1) @ kernel)[:-1]
