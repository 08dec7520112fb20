"""Exercise: the bandwidth of a matrix, and the receptive field of a stack of layers."""

from torch import Tensor


def bandwidth(matrix: Tensor) -> tuple[int, int]:
    """Return how far the nonzero entries reach below and above the main diagonal: (lower, upper).

    matrix: (m, n), with m >= 1 and n >= 1
    returns: the largest i - j and the largest j - i over all nonzero entries (i, j), each at least 0
    raises ValueError: when the matrix has no entries, or doesn't have two axes
    """
    raise NotImplementedError("TODO: find the entries that aren't zero")


def receptive_field(layers: list[tuple[int, int, int]]) -> int:
    """Return how many inputs one output of a stack of 1-D convolutions spans, from first to last.

    layers: (kernel, stride, dilation) of each layer, in the order in which the signal passes through them
    returns: the span; it is 1 for an empty list
    raises ValueError: when a kernel, a stride or a dilation is less than 1
    """
    raise NotImplementedError("TODO: walk through the layers")
