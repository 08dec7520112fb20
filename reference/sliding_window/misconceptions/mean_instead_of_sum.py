"""mean instead of sum

You divide each sum by the number of taps, as a moving average does.
The weights are the kernel's alone: add the products and leave the sum as it is.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.unfold(0, len(kernel), 1) * kernel).mean(1)
