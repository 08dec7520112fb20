"""Exercise: what a convolution costs, and which way is cheapest."""


def multiplications(n: int, k: int, method: str) -> int:
    """Return how many real multiplications a full linear convolution of n samples with k taps takes.

    n: the length of the signal, at least 1
    k: the length of the kernel, at least 1
    method: "direct", "toeplitz" or "fft"
    returns: the exact number of multiplications of two real numbers, an int of any size
    raises ValueError: when n or k is less than 1, or the method isn't one of the three
    """
    raise NotImplementedError("TODO: count the products")


def fastest_method(n: int, k: int) -> str:
    """Return the method that takes the fewest multiplications.

    n: the length of the signal, at least 1
    k: the length of the kernel, at least 1
    returns: "direct", "toeplitz" or "fft"; the first in this order if several methods tie
    raises ValueError: when n or k is less than 1
    """
    raise NotImplementedError("TODO: compare the three")
