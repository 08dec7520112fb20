"""Convention: mode full

Your answer is mode full: n + k - 1 places. It includes places where the kernel sticks out of the signal, as if there were zeros around it. The exercise asks for mode valid.
Valid means that the whole window lies inside the signal: n - k + 1 places, and no padding.
"""

from torch.nn.functional import pad


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    k = len(kernel)
    return pad(x, (k - 1, k - 1)).unfold(0, k, 1) @ kernel
