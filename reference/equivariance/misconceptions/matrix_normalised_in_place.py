"""matrix changed in place

You divide the input matrix by its largest entry, and it stays divided.
`matrix /= largest` changes the caller's tensor; `matrix = matrix / largest` makes a new one.
"""


def shift(x, s):
    if x.dim() != 1 or len(x) == 0:
        raise ValueError("signal")
    return x.roll(s % len(x))


def is_translation_equivariant(matrix):
    if matrix.dim() != 2 or matrix.shape[0] != matrix.shape[1] or len(matrix) == 0:
        raise ValueError("matrix")
    matrix /= matrix.abs().max().clamp(min=1e-30)
    return bool((matrix.roll((1, 1), (0, 1)) - matrix).abs().max() <= 1e-4)
