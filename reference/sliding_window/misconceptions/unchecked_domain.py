"""arguments not checked

The kernel must have at least one tap and at most n, and both arguments must have exactly one axis.
Raise ValueError before you compute anything: an empty result or another error would hide the mistake.
"""


def cross_correlate(x, kernel):
    y = x.new_zeros(max(len(x) - len(kernel) + 1, 0))
    for i in range(len(y)):
        y[i] = (x[i : i + len(kernel)] * kernel).sum()
    return y
