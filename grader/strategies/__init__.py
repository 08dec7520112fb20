"""Strategies: signals, kernels and the numbers that go with them.

The entries shrink to 1, 2, 3, ..., so in the smallest case each entry shows its own position. They are
integers from -9 to 9 in float32, for which direct methods give exact results. Other cases test special
values in both dtypes: fractions that no narrower dtype can hold, or entries of a different magnitude.
All tensors of a case have the same kind of values. Some cases are larger than the others, because a
correct answer must also work for large sizes.
"""

from grader.strategies.banks import Bank1d, Bank2d, banks_1d, banks_2d
from grader.strategies.layers import Layer1d, Layer2d, layers_1d, layers_2d
from grader.strategies.sizes import dilations, lengths, paddings, pair, pairs, strides
from grader.strategies.tensors import (
    as_arrays,
    complex_signals,
    dtypes,
    images,
    kernels,
    kernels_2d,
    signals,
    tensors,
)

__all__ = [
    "Bank1d",
    "Bank2d",
    "Layer1d",
    "Layer2d",
    "as_arrays",
    "banks_1d",
    "banks_2d",
    "complex_signals",
    "dilations",
    "dtypes",
    "images",
    "kernels",
    "kernels_2d",
    "layers_1d",
    "layers_2d",
    "lengths",
    "paddings",
    "pair",
    "pairs",
    "signals",
    "strides",
    "tensors",
]
