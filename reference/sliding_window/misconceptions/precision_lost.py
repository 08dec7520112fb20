"""float32 inside

Your answer has the inputs' dtype, but on the way there it was float32: half of a float64's digits are gone.
Converting back doesn't bring them back; compute in the inputs' dtype throughout.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.float().unfold(0, len(kernel), 1) @ kernel.float()).to(x.dtype)
