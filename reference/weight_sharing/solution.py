"""Reference: one factor for each axis, in Python's unbounded integers."""

from math import prod


def count_parameters(input_shape: tuple[int, ...], kernel_shape: tuple[int, ...]) -> tuple[int, int]:
    """Multiply the number of positions by the number of inputs, and the kernel's sizes together."""
    if len(input_shape) != len(kernel_shape) or len(input_shape) not in {1, 2}:
        raise ValueError(
            f"input of shape {tuple(input_shape)} and kernel of shape {tuple(kernel_shape)}: "
            "expected one axis in both, or two"
        )
    if not all(1 <= k <= n for n, k in zip(input_shape, kernel_shape, strict=True)):
        raise ValueError(
            f"kernel of shape {tuple(kernel_shape)} on an input of shape {tuple(input_shape)}: "
            "expected 1 <= k <= n along each axis"
        )
    places = prod(n - k + 1 for n, k in zip(input_shape, kernel_shape, strict=True))
    return places * prod(input_shape), prod(kernel_shape)
