"""float32 inside

Your result has the inputs' dtype, but you compute in float32, so float64 inputs lose half of their digits.
Converting at the end doesn't bring the digits back: compute in the inputs' dtype from the start.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.float().unfold(0, len(kernel), 1) @ kernel.float()).to(x.dtype)
