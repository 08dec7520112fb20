"""Strategies: signals, kernels and the numbers that go with them.

They shrink to 1, 2, 3, ..., so that a smallest case shows each entry at its place,
and every entry is an integer between -9 and 9 held in a float: direct methods are exact on them.
"""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from torch import Tensor

LARGEST = 9
SPREAD = 2 * LARGEST


def tensors(shapes: SearchStrategy[tuple[int, ...]], *, dtype: torch.dtype = torch.float32) -> SearchStrategy[Tensor]:
    """Draw tensors of the drawn shapes; some of them do not lie contiguously in memory."""

    @st.composite
    def draw_tensor(draw: DrawFn) -> Tensor:
        shape = draw(shapes)
        size = 1
        for side in shape:
            size *= side
        return _laid_out(torch.tensor(draw(_entries(size)), dtype=torch.float64).to(dtype).reshape(shape), draw)

    return draw_tensor()


def signals(*, min_size: int = 1, max_size: int = 8, dtype: torch.dtype = torch.float32) -> SearchStrategy[Tensor]:
    """Draw signals of shape (n,)."""
    return tensors(st.tuples(lengths(min_size, max_size)), dtype=dtype)


def kernels(*, min_size: int = 1, max_size: int = 4, dtype: torch.dtype = torch.float32) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (k,): odd and even lengths, rarely symmetric."""
    return signals(min_size=min_size, max_size=max_size, dtype=dtype)


def images(*, min_side: int = 1, max_side: int = 5, dtype: torch.dtype = torch.float32) -> SearchStrategy[Tensor]:
    """Draw images of shape (H, W), seldom square."""
    side = lengths(min_side, max_side)
    return tensors(st.tuples(side, side), dtype=dtype)


def kernels_2d(*, min_side: int = 1, max_side: int = 3, dtype: torch.dtype = torch.float32) -> SearchStrategy[Tensor]:
    """Draw kernels of shape (kh, kw), seldom square."""
    return images(min_side=min_side, max_side=max_side, dtype=dtype)


def lengths(smallest: int, largest: int) -> SearchStrategy[int]:
    """Draw a length, or how much longer one thing is than another."""
    return st.integers(smallest, largest)


def strides(largest: int = 3) -> SearchStrategy[int]:
    """Draw strides, 1 first."""
    return st.integers(1, largest)


def paddings(largest: int = 3) -> SearchStrategy[int]:
    """Draw paddings, 0 first."""
    return st.integers(0, largest)


def dilations(largest: int = 3) -> SearchStrategy[int]:
    """Draw dilations, 1 first."""
    return st.integers(1, largest)


def pairs(numbers: SearchStrategy[int]) -> SearchStrategy[int | tuple[int, int]]:
    """Draw one number for both axes, or a (row, column) pair."""
    return st.one_of(numbers, st.tuples(numbers, numbers))


def dtypes() -> SearchStrategy[torch.dtype]:
    """Draw the floating dtypes that every exercise keeps."""
    return st.sampled_from((torch.float64, torch.float32))


def _entries(size: int) -> SearchStrategy[list[int]]:
    """Draw `size` entries; the simplest are 1, 2, 3, ..., back to -9 after 9."""
    return st.lists(st.integers(0, SPREAD), min_size=size, max_size=size).map(
        lambda steps: [_entry(place, step) for place, step in enumerate(steps)]
    )


def _entry(place: int, step: int) -> int:
    return (place + 1 + step + LARGEST) % (SPREAD + 1) - LARGEST


def _laid_out(tensor: Tensor, draw: DrawFn) -> Tensor:
    """Return the tensor, or an equal one that lies in memory with gaps."""
    if tensor.dim() == 0 or not draw(st.booleans()):
        return tensor
    return torch.stack((tensor, torch.full_like(tensor, LARGEST + 1)), dim=-1)[..., 0]
