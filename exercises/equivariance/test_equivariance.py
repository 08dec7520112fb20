"""Tests of cyclic shifts, and of the matrices that commute with them."""

import pytest
import torch
from hypothesis import given, settings

from grader import exactly, points, submitted
from grader.strategies import dtypes, lengths, signals
from reference.formulas.structure import (
    commutes_with_shifts,
    cyclic_matrix,
    cyclic_shift,
    square_toeplitz,
)

shift = submitted("shift")
is_translation_equivariant = submitted("is_translation_equivariant")


@points(1)
@given(x=signals(), s=lengths(-3, 3))
def test_shape(shift, x, s):
    """Shifting a signal doesn't change its number of samples."""
    assert shift(x, s).shape == x.shape


@points(3)
@given(x=signals(), s=lengths(-8, 8, beyond=100))
def test_values(shift, x, s):
    """Entry i of the shifted signal is x[(i - s) mod n], even for s = 0, s >= n and negative s."""
    assert shift(x, s) == exactly(cyclic_shift(x, s))


@points(1)
@given(x=signals(), s=lengths(-9, 9), t=lengths(-9, 9))
def test_composition(shift, x, s, t):
    """A shift by s, followed by a shift by t, is the shift by s + t."""
    assert shift(shift(x, s), t) == exactly(shift(x, s + t))


@points(2)
@given(c=signals(min_size=3, max_size=6, beyond=40, dtype=torch.float32))
def test_toeplitz(is_translation_equivariant, c):
    """A triangular or symmetric Toeplitz matrix commutes with every shift only if it is circulant."""
    triangular, symmetric = square_toeplitz(c, 0 * c), square_toeplitz(c, c)
    assert is_translation_equivariant(triangular) == exactly(commutes_with_shifts(triangular))
    assert is_translation_equivariant(symmetric) == exactly(commutes_with_shifts(symmetric))


@points(2)
@given(c=signals(max_size=6, beyond=40))
def test_circulant(is_translation_equivariant, c):
    """Every circulant matrix, including a matrix of zeros, commutes with every shift."""
    assert is_translation_equivariant(cyclic_matrix(c)) == exactly(True)
    with_gaps = cyclic_matrix(c).repeat_interleave(2, dim=1)[:, ::2]
    assert is_translation_equivariant(with_gaps) == exactly(True)
    assert is_translation_equivariant(cyclic_matrix(0 * c)) == exactly(True)


@points(2)
@given(c=signals(min_size=2, max_size=5, beyond=40), row=lengths(0, 96), column=lengths(0, 96))
def test_changed_entry(is_translation_equivariant, c, row, column):
    """A circulant matrix no longer commutes with every shift once one of its entries is changed."""
    matrix = cyclic_matrix(c)
    matrix[row % len(c), column % len(c)] += (c.abs().max() / 9).ceil()
    assert is_translation_equivariant(matrix) == exactly(False)


@points(1)
@given(x=signals(max_size=3))
def test_shift_by_two(is_translation_equivariant, x):
    """A matrix that commutes with the shift by two, but not with the shift by one, isn't equivariant."""
    half = x.abs().clamp(min=1)
    matrix = cyclic_matrix(torch.cat((half, -half)))
    matrix[1::2] = matrix[1::2].roll(1, 1)
    assert is_translation_equivariant(matrix) == exactly(False)


@points(2)
@given(c=signals(max_size=4, dtype=torch.float32), place=lengths(0, 24), power=lengths(-6, 6))
def test_tolerance(is_translation_equivariant, c, place, power):
    """At any scale, an error of 8e-7 times the largest entry is ignored, but one of 1e-2 isn't."""
    matrix = cyclic_matrix(torch.cat((c, torch.tensor([9.0]))))
    off = 9 * torch.eye(matrix.numel())[place % matrix.numel()].reshape(matrix.shape)
    assert is_translation_equivariant((matrix + 8e-7 * off) * 10.0**power) == exactly(True)
    assert is_translation_equivariant((matrix + 1.01e-2 * off) * 10.0**power) == exactly(False)


@points(1)
def test_tolerance_beside_zeros(is_translation_equivariant):
    """The largest entry sets the tolerance: in an identity matrix, an error of 9.5e-7 is ignored."""
    matrix = torch.eye(60)
    matrix[3, 5] = 9.5e-7
    assert is_translation_equivariant(matrix) == exactly(True)
    matrix[3, 5] = 1.01e-2
    assert is_translation_equivariant(matrix) == exactly(False)


@points(1)
@given(x=signals(), s=lengths(-3, 3), dtype=dtypes())
def test_dtype(shift, x, s, dtype):
    """The shifted signal has the signal's dtype."""
    assert shift(x.to(dtype), s) == exactly(cyclic_shift(x.to(dtype), s))


@points(1)
@given(x=signals(beyond=40), s=lengths(-3, 3))
def test_purity(shift, is_translation_equivariant, x, s):
    """The calls don't change the signal or the matrix."""
    assert shift.inputs_after(x, s)[0] == exactly(x)
    matrix = cyclic_matrix(x)
    assert is_translation_equivariant.inputs_after(matrix)[0] == exactly(matrix)


@points(1)
@given(x=signals(), s=lengths(-9, 9), weights=signals(min_size=96, max_size=96))
def test_gradient(shift, x, s, weights):
    """The gradient of the signal is the incoming gradient, shifted back by s places."""
    g = weights[: len(x)]
    assert shift.vjp(x, s, cotangent=g) == exactly(cyclic_shift(g, -s))


@points(1)
@settings(max_examples=20)
@given(x=signals(), n=lengths(1, 4), more=lengths(1, 3))
def test_domain(shift, is_translation_equivariant, x, n, more):
    """A signal that is empty or has two axes, and a matrix that isn't square, raise ValueError."""
    for no_signal in (x[:0], x[None]):
        with pytest.raises(ValueError):
            shift(no_signal, 1)
    for no_square in (torch.ones(n, n + more), torch.ones(n + more, n), torch.ones(n), torch.ones(0, 0)):
        with pytest.raises(ValueError):
            is_translation_equivariant(no_square)
