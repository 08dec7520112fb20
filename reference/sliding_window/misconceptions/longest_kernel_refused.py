"""kernel as long as the signal refused

You refuse a kernel that is exactly as long as the signal.
It fits at one position, so the result has one entry: the condition is 1 <= k <= n.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) < len(x):
        raise ValueError("x and kernel")
    return x.unfold(0, len(kernel), 1) @ kernel
