"""Tests of folding a signal onto a circle, and of the transform length that avoids folding."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import pad

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.fourier import convolve, convolve_circular, count_sums, dft, fold

alias = submitted("alias")
minimum_fft_length = submitted("minimum_fft_length")


@points(1)
@given(y=signals(), n=lengths(1, 8))
def test_shape(alias, y, n):
    """The folded signal has n entries, even if y is shorter or longer than n."""
    assert alias(y, n).shape == (n,)


@points(4)
@given(y=signals(), n=lengths(1, 8))
def test_values(alias, y, n):
    """Entry i is the sum of y[i], y[i + n], y[i + 2 n], ..., up to the end of y."""
    assert alias(y, n) == close(fold(y, n))


@points(1)
@given(y=signals(), spare=lengths(0, 4))
def test_long_enough(alias, y, spare):
    """If n is at least the length of y, nothing folds: the result is y, followed by zeros."""
    assert alias(y, len(y) + spare) == exactly(pad(y, (0, spare)))


@points(2)
@given(x=signals(), h=signals())
def test_circular_convolution(alias, x, h):
    """The linear convolution of x and h, folded to the length of x, is their circular convolution."""
    h = h[: len(x)]
    assert alias(convolve(x, h), len(x)) == close(convolve_circular(x, h))


@points(1)
@given(y=signals(), n=lengths(1, 3), d=lengths(1, 3))
def test_folding_twice(alias, y, n, d):
    """Folding to a multiple of n, and then to n, is the same as folding to n."""
    assert alias(alias(y, d * n), n) == close(alias(y, n))


@points(2)
@given(y=signals(), n=lengths(1, 5))
def test_sampled_spectrum(alias, y, n):
    """Folding q n entries to n keeps every q-th frequency, so the sum (frequency 0) stays the same."""
    q = -(-len(y) // n)
    assert dft(alias(y, n), n) == close(dft(y, q * n)[::q], scale=y.norm(1))


@points(3)
@given(n=lengths(1, 8, beyond=40), more=lengths(0, 4))
def test_minimum_length(minimum_fft_length, n, more):
    """The minimum is the length of the linear convolution, the number of distinct index sums i + j."""
    taps = range(more + 1, more + 4)
    assert [minimum_fft_length(n, k) for k in taps] == exactly([count_sums(n, k) for k in taps])


@points(1)
@given(x=signals(min_size=2), h=kernels())
def test_smallest(alias, minimum_fft_length, x, h):
    """At the minimum nothing folds; at one less, the last entry is added to the first."""
    full, length = convolve(x, h), minimum_fft_length(len(x), len(h))
    assert alias(full, length) == exactly(full)
    assert alias(full, length - 1) == exactly(torch.cat((full[:1] + full[-1:], full[1:-1])))


@points(1)
@given(y=signals(), n=lengths(1, 5), dtype=dtypes())
def test_dtype(alias, y, n, dtype):
    """The folded signal has the dtype of y."""
    assert alias(y.to(dtype), n).dtype == dtype


@points(1)
@given(y=signals(), n=lengths(1, 5))
def test_purity(alias, y, n):
    """The call leaves the signal unchanged."""
    assert alias.inputs_after(y, n)[0] == exactly(y)


@points(1)
@given(y=signals(), g=signals())
def test_gradient(alias, y, g):
    """Each entry's gradient is the incoming gradient at the position where that entry lands."""
    assert alias.vjp(y, len(g), cotangent=g) == exactly(g.repeat(96)[: len(y)])


@points(1)
@given(y=signals(), n=lengths(1, 8), less=lengths(0, 2))
def test_domain(alias, minimum_fft_length, y, n, less):
    """A circle, a signal or a kernel with a length below 1 raises ValueError."""
    with pytest.raises(ValueError):
        alias(y, -less)
    for wrong in ((n, -less), (-less, n)):
        with pytest.raises(ValueError):
            minimum_fft_length(*wrong)


@points(1)
@given(y=signals(), n=lengths(1, 8))
def test_domain_axes(alias, y, n):
    """An empty y, or one with two axes, raises ValueError."""
    with pytest.raises(ValueError):
        alias(y[:0], n)
    with pytest.raises(ValueError):
        alias(y[None], n)
