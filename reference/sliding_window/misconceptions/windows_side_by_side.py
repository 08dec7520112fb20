"""windows side by side

Your window jumps by its own length, so the windows are side by side and don't overlap.
The window must slide: each window starts one entry after the previous one.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return x.unfold(0, len(kernel), len(kernel)) @ kernel
