"""Convention: mode full

Your function uses mode 'full', with n + k - 1 outputs: the kernel may extend past the signal's ends, as if there were zeros around it. The exercise asks for mode 'valid'.
Valid means that the whole window lies inside the signal: there are n - k + 1 positions and no padding.
"""

from torch.nn.functional import pad


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    k = len(kernel)
    return pad(x, (k - 1, k - 1)).unfold(0, k, 1) @ kernel
