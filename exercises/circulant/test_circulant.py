"""Tests of the circulant matrix with a given first column."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import complex_signals, dtypes, lengths, signals, tensors
from reference.formulas.fourier import circulant, circulant_gradient, convolve_circular

build_circulant = submitted("build_circulant")


@points(1)
@given(c=signals())
def test_shape(build_circulant, c):
    """C is square: it has one row and one column for each entry of c."""
    assert build_circulant(c).shape == (len(c), len(c))


@points(4)
@given(both=tensors(st.tuples(st.just(2), lengths(1, 8, beyond=96))))
def test_values(build_circulant, both):
    """C x is the cyclic convolution of c and x: entry i is the sum of c[(i - j) mod n] x[j]."""
    c, x = both
    assert build_circulant(c) @ x == close(convolve_circular(x, c))


@points(1)
@given(c=signals())
def test_first_column(build_circulant, c):
    """Column 0 is c."""
    assert build_circulant(c)[:, 0] == exactly(c)


@points(1)
@given(c=signals(min_size=2))
def test_weight_sharing(build_circulant, c):
    """Each diagonal is constant: every entry equals the entry above and to its left."""
    matrix = build_circulant(c)
    assert matrix[1:, 1:] == exactly(matrix[:-1, :-1])


@points(1)
@given(c=signals(min_size=2))
def test_wrap_around(build_circulant, c):
    """After its first entry, row 0 is column 0 read from bottom to top, because entries wrap around."""
    matrix = build_circulant(c)
    assert matrix[0, 1:] == exactly(matrix[1:, 0].flip(0))


@points(2)
@given(c=signals(max_size=6))
def test_shift_polynomial(build_circulant, c):
    """C is the polynomial c[0] I + c[1] P + c[2] P^2 + ... in the cyclic shift P."""
    shift = torch.eye(len(c), dtype=c.dtype).roll(1, 0)
    terms = [c[k] * torch.linalg.matrix_power(shift, k) for k in range(len(c))]
    assert build_circulant(c) == exactly(sum(terms))


@points(2)
@given(c=signals(max_size=6))
def test_equivariance(build_circulant, c):
    """C commutes with the cyclic shift P: shifting x by one position shifts C x by one position."""
    shift = torch.eye(len(c), dtype=c.dtype).roll(1, 0)
    matrix = build_circulant(c)
    assert matrix @ shift == exactly(shift @ matrix)


@points(1)
@given(c=signals(min_size=2), dtype=dtypes(with_complex=True))
def test_dtype(build_circulant, c, dtype):
    """C has c's dtype, real or complex."""
    assert build_circulant(c.to(dtype)).dtype == dtype


@points(1)
@given(c=complex_signals())
def test_complex(build_circulant, c):
    """A complex c is copied unchanged: its imaginary parts keep their signs."""
    assert build_circulant(c) == exactly(circulant(c))


@points(1)
@given(c=signals(), dtype=dtypes(with_complex=True))
def test_purity(build_circulant, c, dtype):
    """The call leaves c unchanged."""
    assert build_circulant.inputs_after(c.to(dtype))[0] == exactly(c.to(dtype))


@points(1)
@given(both=tensors(st.tuples(st.just(2), lengths(1, 6))), dtype=dtypes(with_complex=True))
def test_gradient(build_circulant, both, dtype):
    """Each entry's gradient is the sum of the incoming gradient along its wrapped diagonal."""
    c, weights = both.to(dtype)
    cotangent = torch.outer(weights, c)
    assert build_circulant.vjp(c, cotangent=cotangent) == close(circulant_gradient(cotangent))


@points(1)
@given(c=signals())
def test_domain(build_circulant, c):
    """An empty c, or one with two axes, raises ValueError."""
    with pytest.raises(ValueError):
        build_circulant(c[:0])
    with pytest.raises(ValueError):
        build_circulant(c[None])
