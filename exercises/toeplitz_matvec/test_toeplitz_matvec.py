"""Tests of multiplying a Toeplitz matrix by a vector without building the matrix."""

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, lengths, signals
from reference.formulas.fourier import convolve, toeplitz_product

toeplitz_matvec = submitted("toeplitz_matvec")


@points(1)
@given(column=signals(max_size=6), row=signals(max_size=6), x=signals(min_size=6))
def test_shape(toeplitz_matvec, column, row, x):
    """T x has one entry for each row of T: it is as long as the column, whatever the length of x."""
    row = torch.cat((column[:1], row[1:]))
    assert toeplitz_matvec(column, row, x[: len(row)]).shape == (len(column),)


@points(4)
@given(column=signals(), row=signals(), x=signals(min_size=96, max_size=96))
def test_values(toeplitz_matvec, column, row, x):
    """Entry i of T x is the sum of T[i, j] x[j]; T[i, j] is column[i - j], or row[j - i] if j > i."""
    column, x = torch.cat((row[:1], column[1:])), x[: len(row)]
    scale = (column.norm() + row.norm()) * x.norm()
    assert toeplitz_matvec(column, row, x) == close(toeplitz_product(column, row, x), scale=scale)


@points(2)
@given(column=signals(max_size=6), row=signals(max_size=6), x=signals(min_size=6), y=signals(min_size=6))
def test_transpose(toeplitz_matvec, column, row, x, y):
    """Swapping column and row transposes T, so <y, T x> = <T' y, x>."""
    row = torch.cat((column[:1], row[1:]))
    x, y = x[: len(row)], y[: len(column)]
    scale = (column.norm() + row.norm()) * x.norm() * y.norm()
    assert toeplitz_matvec(row, column, y) @ x == close(y @ toeplitz_matvec(column, row, x), scale=scale)


@points(1)
@given(x=signals(), m=lengths(1, 8))
def test_identity(toeplitz_matvec, x, m):
    """If T has ones on its main diagonal and zeros elsewhere, T x is x, cut or padded to m entries."""
    filled = torch.cat((x, x.new_zeros(8)))[:m]
    column, row = (torch.eye(size, dtype=x.dtype)[0] for size in (m, len(x)))
    assert toeplitz_matvec(column, row, x) == close(filled, scale=x.norm())


@points(1)
@given(column=signals(max_size=6), x=signals(max_size=6))
def test_causal_convolution(toeplitz_matvec, column, x):
    """With zeros above the diagonal, T x is the beginning of the convolution of x with the column."""
    row = torch.cat((column[:1], x.new_zeros(len(x) - 1)))
    begun = torch.cat((convolve(x, column), x.new_zeros(6)))[: len(column)]
    assert toeplitz_matvec(column, row, x) == close(begun, scale=x.norm() * column.norm())


@points(1)
@given(column=signals(max_size=6), x=signals(max_size=6), z=signals(min_size=6))
def test_linearity(toeplitz_matvec, column, x, z):
    """T (2 x + z) is twice T x plus T z."""
    row, z = torch.cat((column[:1], x[1:])), z[: len(x)]
    separate = 2 * toeplitz_matvec(column, row, x) + toeplitz_matvec(column, row, z)
    scale = (column.norm() + row.norm()) * (2 * x.norm() + z.norm())
    assert toeplitz_matvec(column, row, 2 * x + z) == close(separate, scale=scale)


@points(1)
@given(column=signals(max_size=6), row=signals(max_size=6), x=signals(min_size=6), dtype=dtypes())
def test_dtype(toeplitz_matvec, column, row, x, dtype):
    """The result has the inputs' dtype and is computed in that precision."""
    column, row, x = column.to(dtype), torch.cat((column[:1], row[1:])).to(dtype), x[: len(row)].to(dtype)
    scale = (column.norm() + row.norm()) * x.norm()
    assert toeplitz_matvec(column, row, x) == close(toeplitz_product(column, row, x), scale=scale)


@points(1)
@given(column=signals(max_size=6), row=signals(max_size=6), x=signals(min_size=6))
def test_purity(toeplitz_matvec, column, row, x):
    """The call doesn't change the column, the row or the vector."""
    row = torch.cat((column[:1], row[1:]))
    after = toeplitz_matvec.inputs_after(column, row, x[: len(row)])
    assert torch.cat(after) == exactly(torch.cat((column, row, x[: len(row)])))


@points(1)
@given(column=signals(max_size=6), row=signals(max_size=6), x=signals(min_size=6), g=signals(min_size=6))
def test_gradient(toeplitz_matvec, column, row, x, g):
    """x's gradient is T' g; a diagonal's gradient is the sum of g[i] x[j] along it."""
    row, x, g = torch.cat((column[:1], row[1:])), x[: len(row)], g[: len(column)]
    dcolumn, drow, dx = toeplitz_matvec.vjp(column, row, x, cotangent=g)
    assert dx == close(toeplitz_product(row, column, g), scale=(column.norm() + row.norm()) * g.norm())
    diagonals = torch.cat((drow[1:].flip(0), drow[:1] + dcolumn[:1], dcolumn[1:]))
    assert diagonals == close(convolve(g, x.flip(0)), scale=g.norm() * x.norm())


@points(1)
@given(column=signals(max_size=6), x=signals(max_size=6), extra=lengths(1, 3))
def test_domain(toeplitz_matvec, column, x, extra):
    """An x that isn't as long as the row, and a column[0] that isn't row[0], raise ValueError."""
    row = torch.cat((column[:1], x[1:]))
    with pytest.raises(ValueError):
        toeplitz_matvec(column, row, torch.cat((x, x[:1])))
    other = row[:1] + row[:1].abs().clamp(min=1) * extra / 8
    with pytest.raises(ValueError):
        toeplitz_matvec(column, torch.cat((other, row[1:])), x)


@points(1)
@given(column=signals(max_size=6), x=signals(max_size=6))
def test_domain_axes(toeplitz_matvec, column, x):
    """A column, row or vector that is empty, or has two axes, raises ValueError."""
    row = torch.cat((column[:1], x[1:]))
    for wrong in (
        (column[:0], row, x),
        (column, row[:0], x[:0]),
        (column[:, None], row, x),
        (column, row, x[:, None]),
    ):
        with pytest.raises(ValueError):
            toeplitz_matvec(*wrong)


@points(2)
def test_scale(toeplitz_matvec):
    """With 1 below and -1 above the diagonal, T maps a million ones to a ramp, without building T."""
    column, x = torch.ones(2**20), torch.ones(2**20 + 1)
    row = torch.cat((column[:1], -column))
    ramp = 2 * torch.arange(2.0**20) + 2 - len(x)
    assert toeplitz_matvec(column, row, x) == close(ramp, scale=(column.norm() + row.norm()) * x.norm())


@points(1)
def test_cost(toeplitz_matvec):
    """Doubling the rows and columns takes less than three times the operations, not four times."""
    small, large = torch.ones(2**10), torch.ones(2**11)
    longer = toeplitz_matvec.cost(large, large, large)
    assert longer <= 3 * toeplitz_matvec.cost(small, small, small)
