"""Tests of linear convolution through the FFT."""

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.fourier import convolve, dft
from reference.formulas.one_dimension import cross_correlate

fft_convolve = submitted("fft_convolve")


@points(1)
@given(x=signals(), h=kernels())
def test_shape(fft_convolve, x, h):
    """The result has n + k - 1 entries, one for each overlap of x and the reversed h."""
    assert fft_convolve(x, h).shape == (len(x) + len(h) - 1,)


@points(4)
@given(x=signals(), h=kernels())
def test_values(fft_convolve, x, h):
    """Entry j is the sum of h[i] x[j - i] over all i: the true, linear convolution."""
    assert fft_convolve(x, h) == close(convolve(x, h), scale=x.norm() * h.norm())


@points(2)
@given(x=signals(), h=kernels())
def test_convolution_theorem(fft_convolve, x, h):
    """The transform of the result, of length n + k - 1, is the product of the transforms of x and h."""
    m = len(x) + len(h) - 1
    assert dft(fft_convolve(x, h), m) == close(dft(x, m) * dft(h, m), scale=x.norm(1) * h.norm(1))


@points(1)
@given(x=signals(), h=kernels())
def test_commutativity(fft_convolve, x, h):
    """Convolving h with x gives the same result as convolving x with h."""
    assert fft_convolve(h, x) == close(fft_convolve(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=signals(), place=lengths(0, 3))
def test_shift(fft_convolve, x, place):
    """If h is 1 at index s and 0 elsewhere, the result is the signal shifted by s places."""
    moved = torch.cat((x.new_zeros(place), x, x.new_zeros(3 - place)))
    assert fft_convolve(x, torch.eye(4, dtype=x.dtype)[place]) == close(moved, scale=x.norm())


@points(1)
@given(x=signals(), other=signals(), h=kernels())
def test_linearity(fft_convolve, x, other, h):
    """The result for 2 x + z is twice the result for x plus the result for z."""
    x, z = x[: len(other)], other[: len(x)]
    separate = 2 * fft_convolve(x, h) + fft_convolve(z, h)
    assert fft_convolve(2 * x + z, h) == close(separate, scale=(2 * x.norm() + z.norm()) * h.norm())


@points(1)
@given(x=signals(), h=kernels(), dtype=dtypes())
def test_dtype(fft_convolve, x, h, dtype):
    """The result has the inputs' dtype and is computed in that precision."""
    x, h = x.to(dtype), h.to(dtype)
    assert fft_convolve(x, h) == close(convolve(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=signals(), h=kernels())
def test_purity(fft_convolve, x, h):
    """The call doesn't change the signal or the kernel."""
    signal, kernel = fft_convolve.inputs_after(x, h)
    assert signal == exactly(x)
    assert kernel == exactly(h)


@points(1)
@given(x=signals(), h=kernels(), weights=signals(min_size=4))
def test_gradient(fft_convolve, x, h, weights):
    """Each input's gradient is the incoming gradient cross-correlated with the other input."""
    g = weights.repeat(30)[: len(x) + len(h) - 1]
    dx, dh = fft_convolve.vjp(x, h, cotangent=g)
    assert dx == close(cross_correlate(g, h), scale=g.norm() * h.norm())
    assert dh == close(cross_correlate(g, x), scale=g.norm() * x.norm())


@points(1)
@given(x=signals(), h=kernels())
def test_domain(fft_convolve, x, h):
    """An empty signal or kernel raises ValueError."""
    with pytest.raises(ValueError):
        fft_convolve(x[:0], h)
    with pytest.raises(ValueError):
        fft_convolve(x, h[:0])


@points(1)
@given(x=signals(), h=kernels())
def test_domain_axes(fft_convolve, x, h):
    """A signal or kernel with two axes raises ValueError."""
    with pytest.raises(ValueError):
        fft_convolve(x[None], h)
    with pytest.raises(ValueError):
        fft_convolve(x, h[None])


@points(2)
def test_scale(fft_convolve):
    """Convolving a million ones with half a million gives a trapezoid, faster than a direct method."""
    x, h = torch.ones(2**20), torch.ones(2**19 + 1)
    upwards = torch.arange(1.0, len(x) + len(h))
    trapezoid = torch.minimum(upwards, upwards.flip(0)).clamp(max=len(h))
    assert fft_convolve(x, h) == close(trapezoid, scale=x.norm() * h.norm())


@points(1)
def test_cost(fft_convolve):
    """Doubling the numbers of samples and taps less than triples the number of operations."""
    longer = fft_convolve.cost(torch.ones(2**11), torch.ones(2**11))
    assert longer <= 3 * fft_convolve.cost(torch.ones(2**10), torch.ones(2**10))
