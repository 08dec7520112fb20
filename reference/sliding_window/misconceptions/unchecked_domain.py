"""arguments not checked

A kernel that is empty or longer than the signal has no place, and neither argument may have two axes.
Say so with ValueError before computing anything: an empty answer, or some other error, would hide the mistake.
"""


def cross_correlate(x, kernel):
    y = x.new_zeros(max(len(x) - len(kernel) + 1, 0))
    for i in range(len(y)):
        y[i] = (x[i : i + len(kernel)] * kernel).sum()
    return y
