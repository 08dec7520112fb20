"""circular instead of valid

At the end of the signal your window continues at the beginning, so every entry starts a window.
Here the signal has two ends: the last window starts at x[n - k], and there are n - k + 1 outputs.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return sum(tap * x.roll(-j) for j, tap in enumerate(kernel))
