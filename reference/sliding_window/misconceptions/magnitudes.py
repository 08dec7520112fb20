"""signs dropped

Your outputs are absolute values, as if only the strength of an edge mattered.
The sign shows whether the signal rises or falls there. Without the sign the outputs are no longer linear: keep the sum itself.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.unfold(0, len(kernel), 1) @ kernel).abs()
