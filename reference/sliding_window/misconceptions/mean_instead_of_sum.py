"""mean instead of sum

You divide each sum by the number of taps, as a moving average does.
The kernel's taps are the only weights: add the products and don't divide.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.unfold(0, len(kernel), 1) * kernel).mean(1)
