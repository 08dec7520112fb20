"""Tests of the circular convolution, and of computing it through the FFT."""

import pytest
import torch
from hypothesis import given
from torch.nn.functional import pad

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, lengths, signals
from reference.formulas.fourier import convolve_circular, correlate_circular, dft

circular_convolve = submitted("circular_convolve")


@points(1)
@given(x=signals(), h=signals())
def test_shape(circular_convolve, x, h):
    """The result has n entries, as many as x, for any number of taps."""
    assert circular_convolve(x, h[: len(x)]).shape == x.shape


@points(4)
@given(x=signals(), h=signals())
def test_values(circular_convolve, x, h):
    """Entry i is the sum of h[j] x[(i - j) mod n] over all j: the true, circular convolution."""
    h = h[: len(x)]
    assert circular_convolve(x, h) == close(convolve_circular(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=signals(), place=lengths(0, 7))
def test_wrap_around(circular_convolve, x, place):
    """If h is 1 at index s and 0 elsewhere, the result is x shifted cyclically by s places."""
    s = place % len(x)
    assert circular_convolve(x, torch.eye(len(x), dtype=x.dtype)[s]) == close(x.roll(s), scale=x.norm())


@points(1)
@given(x=signals(), h=signals(), s=lengths(0, 7))
def test_equivariance(circular_convolve, x, h, s):
    """Shifting x cyclically by s places shifts the result cyclically by s places."""
    h = h[: len(x)]
    moved = circular_convolve(x, h).roll(s)
    assert circular_convolve(x.roll(s), h) == close(moved, scale=x.norm() * h.norm())


@points(2)
@given(x=signals(), h=signals())
def test_convolution_theorem(circular_convolve, x, h):
    """The length-n transform of the result is the product of the transforms of x and h."""
    n, h = len(x), h[: len(x)]
    assert dft(circular_convolve(x, h), n) == close(dft(x, n) * dft(h, n), scale=x.norm(1) * h.norm(1))


@points(1)
@given(x=signals(), h=signals())
def test_commutativity(circular_convolve, x, h):
    """If x and h have the same length, swapping them doesn't change the result."""
    x, h = x[: len(h)], h[: len(x)]
    assert circular_convolve(h, x) == close(circular_convolve(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=signals(), h=signals(), g=signals())
def test_linearity(circular_convolve, x, h, g):
    """The result for the taps 2 g + h is twice the result for g plus the result for h."""
    h, g = pad(h, (0, 96))[: len(x)], pad(g, (0, 96))[: len(x)]
    separate = 2 * circular_convolve(x, g) + circular_convolve(x, h)
    assert circular_convolve(x, 2 * g + h) == close(separate, scale=x.norm() * (2 * g.norm() + h.norm()))


@points(1)
@given(x=signals(), h=signals(), dtype=dtypes())
def test_dtype(circular_convolve, x, h, dtype):
    """The result has the inputs' dtype and is computed in that precision."""
    x, h = x.to(dtype), h[: len(x)].to(dtype)
    assert circular_convolve(x, h) == close(convolve_circular(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=signals(), h=signals())
def test_purity(circular_convolve, x, h):
    """The call doesn't change the signal or the taps."""
    signal, taps = circular_convolve.inputs_after(x, h[: len(x)])
    assert signal == exactly(x)
    assert taps == exactly(h[: len(x)])


@points(1)
@given(x=signals(), h=signals(), g=signals())
def test_gradient(circular_convolve, x, h, g):
    """Each input's gradient is the incoming gradient, circularly correlated with the other input."""
    h, g = h[: len(x)], g.repeat(96)[: len(x)]
    dx, dh = circular_convolve.vjp(x, h, cotangent=g)
    assert dx == close(correlate_circular(g, h), scale=g.norm() * h.norm())
    assert dh == close(correlate_circular(g, x)[: len(h)], scale=g.norm() * x.norm())


@points(1)
@given(x=signals(), h=signals())
def test_domain(circular_convolve, x, h):
    """An h that is longer than x, or empty, raises ValueError."""
    with pytest.raises(ValueError):
        circular_convolve(x, torch.cat((h, x)))
    with pytest.raises(ValueError):
        circular_convolve(x, h[:0])


@points(1)
@given(x=signals(), h=signals())
def test_domain_axes(circular_convolve, x, h):
    """A signal or a tap vector with two axes raises ValueError."""
    with pytest.raises(ValueError):
        circular_convolve(x[None], h[:1])
    with pytest.raises(ValueError):
        circular_convolve(x, h[None, : len(x)])


@points(2)
def test_scale(circular_convolve):
    """A box at the end of a long signal of prime length gives a trapezoid that wraps around."""
    n, box, k = 2**20 - 3, 2**19, 2**18
    x, h = pad(torch.ones(box), (n - box, 0)), torch.ones(k)
    upwards = torch.arange(1.0, box + k)
    trapezoid = torch.minimum(upwards, upwards.flip(0)).clamp(max=k)
    around = pad(trapezoid, (0, n - len(trapezoid))).roll(-box)
    assert circular_convolve(x, h) == close(around, scale=x.norm() * h.norm())


@points(1)
def test_cost(circular_convolve):
    """Doubling the numbers of samples and taps less than triples the number of operations."""
    longer = circular_convolve.cost(torch.ones(2**11), torch.ones(2**11))
    assert longer <= 3 * circular_convolve.cost(torch.ones(2**10), torch.ones(2**10))
