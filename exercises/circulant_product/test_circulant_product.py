"""Tests of the first column of the product of two circulants."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import complex_signals, dtypes, lengths, signals, tensors
from reference.formulas.fourier import circulant, convolve_circular, correlate_circular

multiply_circulants = submitted("multiply_circulants")

COLUMNS = tensors(st.tuples(st.just(2), lengths(1, 8)))
OUTSIDE = (
    ((2,), (3,)),
    ((3,), (1,)),
    ((1,), (4,)),
    ((0,), (0,)),
    ((2,), (0,)),
    ((1, 3), (1, 3)),
    ((3,), (3, 3)),
    ((), ()),
)


@points(1)
@given(columns=COLUMNS)
def test_shape(multiply_circulants, columns):
    """The result is as long as c and d."""
    assert multiply_circulants(*columns).shape == (columns.shape[1],)


@points(4)
@given(columns=tensors(st.tuples(st.just(2), lengths(1, 8, beyond=96))))
def test_values(multiply_circulants, columns):
    """Entry j is the sum of c[(j - m) mod n] d[m] over all m: the cyclic convolution of c and d."""
    c, d = columns
    assert multiply_circulants(c, d) == close(convolve_circular(c, d), scale=c.norm() * d.norm())


@points(2)
@given(columns=COLUMNS)
def test_matrix_product(multiply_circulants, columns):
    """The circulant with the result as its first column is the matrix product C D."""
    c, d = columns
    product = circulant(multiply_circulants(c, d))
    assert product == close(circulant(c) @ circulant(d), scale=c.norm() * d.norm())


@points(1)
@given(columns=COLUMNS)
def test_commutativity(multiply_circulants, columns):
    """Circulants commute: D C equals C D."""
    c, d = columns
    assert multiply_circulants(d, c) == close(multiply_circulants(c, d), scale=c.norm() * d.norm())


@points(1)
@given(c=signals())
def test_identity(multiply_circulants, c):
    """Multiplying by the identity (first column 1, 0, ..., 0) doesn't change the other factor."""
    assert multiply_circulants(c, torch.eye(len(c), dtype=c.dtype)[0]) == close(c, scale=c.norm())


@points(1)
@given(c=signals(), places=lengths(0, 7))
def test_shift(multiply_circulants, c, places):
    """Multiplying by P^s (first column: 1 at index s, else 0) shifts c cyclically by s positions."""
    places %= len(c)
    shift = torch.eye(len(c), dtype=c.dtype)[places]
    assert multiply_circulants(c, shift) == close(c.roll(places), scale=c.norm())


@points(1)
@given(columns=COLUMNS)
def test_sums(multiply_circulants, columns):
    """The entries of the result sum to the product of the sums of c and d."""
    c, d = columns
    total = multiply_circulants(c, d).sum()
    assert total == close(c.sum() * d.sum(), scale=c.norm(1) * d.norm(1))


@points(1)
@given(columns=COLUMNS, dtype=dtypes(with_complex=True))
def test_dtype(multiply_circulants, columns, dtype):
    """The result has the dtype of the inputs, real or complex, and is computed in that precision."""
    c, d = columns.to(dtype)
    assert multiply_circulants(c, d) == close(convolve_circular(c, d), scale=c.norm() * d.norm())


@points(1)
@given(c=complex_signals(), d=complex_signals())
def test_complex(multiply_circulants, c, d):
    """Complex columns follow the same formula; nothing is conjugated."""
    c, d = c[: len(d)], d[: len(c)]
    assert multiply_circulants(c, d) == close(convolve_circular(c, d), scale=c.norm() * d.norm())


@points(1)
@given(columns=COLUMNS, dtype=dtypes(with_complex=True))
def test_purity(multiply_circulants, columns, dtype):
    """The call leaves both columns unchanged."""
    columns = columns.to(dtype)
    c, d = multiply_circulants.inputs_after(*columns)
    assert c == exactly(columns[0])
    assert d == exactly(columns[1])


@points(1)
@given(three=tensors(st.tuples(st.just(3), lengths(1, 6))), dtype=dtypes(with_complex=True))
def test_gradient(multiply_circulants, three, dtype):
    """Each column's gradient is the incoming gradient, cyclically correlated with the other column."""
    c, d, g = three.to(dtype)
    dc, dd = multiply_circulants.vjp(c, d, cotangent=g)
    assert dc == close(correlate_circular(g, d), scale=g.norm() * d.norm())
    assert dd == close(correlate_circular(g, c), scale=g.norm() * c.norm())


@points(1)
@given(shapes=st.sampled_from(OUTSIDE))
def test_domain(multiply_circulants, shapes):
    """Columns that are empty, not one-dimensional or of different lengths raise ValueError."""
    with pytest.raises(ValueError):
        multiply_circulants(*map(torch.ones, shapes))
