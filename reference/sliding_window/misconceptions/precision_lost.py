"""float32 inside

Your answer has the inputs' dtype, but you computed in float32: half of the digits of a float64 are lost.
Converting at the end doesn't bring them back: compute in the inputs' dtype from the start.
"""


def cross_correlate(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    return (x.float().unfold(0, len(kernel), 1) @ kernel.float()).to(x.dtype)
