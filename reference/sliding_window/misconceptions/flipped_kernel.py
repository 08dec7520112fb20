"""Convention: true convolution

Almost right, but reversed: your kernel runs backwards over each window, which is the true convolution. The exercise asks for the cross-correlation.
y[i] = sum_j kernel[j] x[i + j]: place the kernel on the signal without reversing it.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return x.unfold(0, len(kernel), 1) @ kernel.flip(0)
