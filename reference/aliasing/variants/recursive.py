"""Cut off the last turn and add it to the front of the rest, and repeat until one turn is left."""

from torch.nn.functional import pad


def alias(y, n):
    if y.dim() != 1 or y.shape[0] == 0 or n < 1:
        raise ValueError("y or n")
    if len(y) <= n:
        return pad(y, (0, n - len(y)))
    rest, turn = y[:-n], y[-n:]
    shift = len(rest) % n
    # The last n entries begin at place `shift`, so rolled back by that they are at their places.
    return alias(rest, n) + turn.roll(shift)


def minimum_fft_length(n, k):
    if n < 1 or k < 1:
        raise ValueError("n or k")
    return 1 if n == k == 1 else 1 + minimum_fft_length(max(n - 1, 1), k if n > 1 else k - 1)
