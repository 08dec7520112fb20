"""Convention: mode same

Your function uses mode 'same': you pad the signal with zeros at both ends, so the result is as long as the signal. The exercise asks for mode 'valid'.
Valid mode adds no zeros: the first window starts at x[0] and the last ends at x[n - 1], which leaves n - k + 1 positions.
"""

from torch.nn.functional import pad


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    k = len(kernel)
    left = (k - 1) // 2
    return pad(x, (left, k - 1 - left)).unfold(0, k, 1) @ kernel
