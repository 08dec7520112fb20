"""I go round the circle turn by turn and add each turn to what lies there."""

from torch import Tensor


def alias(y: Tensor, n: int) -> Tensor:
    """Fold y onto n places."""
    if y.dim() != 1:
        raise ValueError("y needs one axis")
    if len(y) == 0:
        raise ValueError("y is empty")
    if n < 1:
        raise ValueError("the circle needs at least one place")

    folded = y.new_zeros(n)
    for start in range(0, len(y), n):
        turn = y[start : start + n]
        folded[: len(turn)] += turn  # the last turn may be shorter
    return folded


def minimum_fft_length(n: int, k: int) -> int:
    """Return how many entries the full convolution has."""
    if n < 1 or k < 1:
        raise ValueError("there must be a signal and a kernel")
    return n + k - 1
