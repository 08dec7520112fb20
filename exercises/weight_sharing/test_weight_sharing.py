"""Tests of the parameter counts of a dense layer and of a convolution."""

import pytest
from hypothesis import given

from grader import exactly, points, submitted
from grader.strategies import lengths
from reference.formulas.structure import dense_and_shared

count_parameters = submitted("count_parameters")


@points(1)
@given(k=lengths(1, 4), extra=lengths(0, 4))
def test_shape(count_parameters, k, extra):
    """The result is a pair of ints, (dense, shared), and shared is never larger than dense."""
    dense, shared = count_parameters((k + extra,), (k,))
    assert dense >= shared >= 1


@points(3)
@given(k=lengths(1, 4, beyond=9), extra=lengths(0, 4, beyond=30))
def test_values(count_parameters, k, extra):
    """For signals, dense counts the Toeplitz matrix's entries and shared counts its distinct weights."""
    assert count_parameters((k + extra,), (k,)) == exactly(dense_and_shared((1, k + extra), (1, k)))


@points(3)
@given(kh=lengths(1, 3), kw=lengths(1, 3), more=lengths(0, 2, beyond=5), wider=lengths(0, 2, beyond=5))
def test_values_2d(count_parameters, kh, kw, more, wider):
    """For images, dense counts the BTTB matrix's entries and shared counts its distinct weights."""
    image = (kh + more, kw + wider)
    assert count_parameters(image, (kh, kw)) == exactly(dense_and_shared(image, (kh, kw)))


@points(1)
@given(k=lengths(1, 5), kw=lengths(1, 5))
def test_whole_input(count_parameters, k, kw):
    """A kernel as large as the input fits in one position, so both counts are the size of the input."""
    assert count_parameters((k,), (k,)) == exactly((k, k))
    assert count_parameters((k, kw), (k, kw)) == exactly((k * kw, k * kw))


@points(1)
@given(k=lengths(1, 4), extra=lengths(0, 4), longer=lengths(1, 4))
def test_weight_sharing(count_parameters, k, extra, longer):
    """A longer input gives a larger matrix with the same number of weights."""
    _, shared = count_parameters((k + extra,), (k,))
    assert count_parameters((k + extra + longer,), (k,))[1] == exactly(shared)


@points(1)
@given(k=lengths(1, 4), extra=lengths(0, 4))
def test_one_row_or_column(count_parameters, k, extra):
    """An image of one row, or of one column, has the same counts as a signal."""
    signal = count_parameters((k + extra,), (k,))
    assert count_parameters((1, k + extra), (1, k)) == exactly(signal)
    assert count_parameters((k + extra, 1), (k, 1)) == exactly(signal)


@points(1)
@given(kh=lengths(1, 3), kw=lengths(1, 3), more=lengths(0, 2), wider=lengths(0, 2))
def test_separability(count_parameters, kh, kw, more, wider):
    """Each count for an image is the count for its columns times the count for its rows."""
    dense_down, shared_down = count_parameters((kh + more,), (kh,))
    dense_across, shared_across = count_parameters((kw + wider,), (kw,))
    product = (dense_down * dense_across, shared_down * shared_across)
    assert count_parameters((kh + more, kw + wider), (kh, kw)) == exactly(product)


@points(1)
@given(power=lengths(30, 60))
def test_large(count_parameters, power):
    """Even the largest counts are exact: 2^p samples and 2^p - 2 taps leave three positions."""
    size = 2**power
    assert count_parameters((size,), (size - 2,)) == exactly((3 * size, size - 2))
    assert count_parameters((size - 1, 3), (1, 2)) == exactly(((size - 1) ** 2 * 6, 2))


@points(1)
@given(k=lengths(2, 4), missing=lengths(1, 3), other=lengths(1, 3))
def test_domain(count_parameters, k, missing, other):
    """A kernel that is longer than the input along any axis raises ValueError."""
    short = max(k - missing, 1)
    with pytest.raises(ValueError):
        count_parameters((short,), (k,))
    with pytest.raises(ValueError):
        count_parameters((short, 5 * k), (k, other))
    with pytest.raises(ValueError):
        count_parameters((5 * k, short), (other, k))


@points(1)
@given(n=lengths(1, 4), below=lengths(0, 3))
def test_domain_sides(count_parameters, n, below):
    """A kernel or an input with a size below 1 along any axis raises ValueError."""
    with pytest.raises(ValueError):
        count_parameters((n,), (-below,))
    with pytest.raises(ValueError):
        count_parameters((-below, n), (-below, n))


@points(1)
@given(n=lengths(1, 4), k=lengths(1, 3))
def test_domain_axes(count_parameters, n, k):
    """Shapes with different numbers of axes, with no axes, or with three axes raise ValueError."""
    for input_shape, kernel_shape in (
        ((n + 3,), (k, 1)),
        ((n + 3, n), (k,)),
        ((), ()),
        ((5, 5, 5), (k, k, k)),
    ):
        with pytest.raises(ValueError):
            count_parameters(input_shape, kernel_shape)
