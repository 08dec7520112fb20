"""Tests of overlap-add: the result doesn't depend on the block size."""

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, signals
from reference.formulas.fourier import convolve
from reference.formulas.one_dimension import cross_correlate

overlap_add = submitted("overlap_add")


@points(1)
@given(x=signals(), h=kernels(), block=lengths(1, 9))
def test_shape(overlap_add, x, h, block):
    """The result has n + k - 1 entries, even if the block size doesn't divide n."""
    assert overlap_add(x, h, block).shape == (len(x) + len(h) - 1,)


@points(4)
@given(x=signals(), h=kernels(), block=lengths(1, 9, beyond=40))
def test_values(overlap_add, x, h, block):
    """Entry j is the sum of h[i] x[j - i] over all i: the true, linear convolution of the whole signal."""
    assert overlap_add(x, h, block) == close(convolve(x, h), scale=x.norm() * h.norm())


@points(2)
@given(x=signals(), h=kernels(), block=lengths(1, 9), other=lengths(1, 9))
def test_any_block(overlap_add, x, h, block, other):
    """The result is the same for blocks of any length."""
    scale = x.norm() * h.norm()
    assert overlap_add(x, h, block) == close(overlap_add(x, h, other), scale=scale)


@points(2)
@given(x=signals(min_size=90, max_size=99), h=kernels(min_size=2), block=lengths(2, 9, beyond=24))
def test_method(overlap_add, x, h, block):
    """The longest transform has at least block + k - 1 points, and at most 2 (block + k)."""
    longest = max(overlap_add.transforms(x, h, block), default=0)
    assert block + len(h) - 1 <= longest <= 2 * (block + len(h))


@points(1)
@given(x=signals(), place=lengths(0, 3), block=lengths(1, 9))
def test_shift(overlap_add, x, place, block):
    """If h is 1 at index s and 0 elsewhere, the result is the signal shifted by s places."""
    moved = torch.cat((x.new_zeros(place), x, x.new_zeros(3 - place)))
    assert overlap_add(x, torch.eye(4, dtype=x.dtype)[place], block) == close(moved, scale=x.norm())


@points(1)
@given(x=signals(), other=signals(), h=kernels(), block=lengths(1, 5))
def test_linearity(overlap_add, x, other, h, block):
    """The result for 2 x + z is twice the result for x plus the result for z."""
    x, z = x[: len(other)], other[: len(x)]
    separate = 2 * overlap_add(x, h, block) + overlap_add(z, h, block)
    scale = (2 * x.norm() + z.norm()) * h.norm()
    assert overlap_add(2 * x + z, h, block) == close(separate, scale=scale)


@points(1)
@given(x=signals(), h=kernels(), block=lengths(1, 5), dtype=dtypes())
def test_dtype(overlap_add, x, h, block, dtype):
    """The result has the inputs' dtype and is computed in that precision."""
    x, h = x.to(dtype), h.to(dtype)
    assert overlap_add(x, h, block) == close(convolve(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=signals(), h=kernels(), block=lengths(1, 5))
def test_purity(overlap_add, x, h, block):
    """The call doesn't change the signal or the kernel."""
    signal, kernel, _ = overlap_add.inputs_after(x, h, block)
    assert signal == exactly(x)
    assert kernel == exactly(h)


@points(1)
@given(x=signals(), h=kernels(), block=lengths(1, 5), weights=signals(min_size=4))
def test_gradient(overlap_add, x, h, block, weights):
    """Each input's gradient is the incoming gradient cross-correlated with the other input."""
    g = weights.repeat(30)[: len(x) + len(h) - 1]
    dx, dh = overlap_add.vjp(x, h, block, cotangent=g)
    assert dx == close(cross_correlate(g, h), scale=g.norm() * h.norm())
    assert dh == close(cross_correlate(g, x), scale=g.norm() * x.norm())


@points(1)
@given(x=signals(), h=kernels(), below=lengths(1, 3))
def test_domain(overlap_add, x, h, below):
    """A block size of 0, or a negative one, raises ValueError."""
    with pytest.raises(ValueError):
        overlap_add(x, h, -below)
    with pytest.raises(ValueError):
        overlap_add(x, h, 0)


@points(1)
@given(x=signals(), h=kernels(), block=lengths(1, 5))
def test_domain_axes(overlap_add, x, h, block):
    """A signal or kernel that is empty, or has two axes, raises ValueError."""
    for signal, kernel in ((x[:0], h), (x, h[:0]), (x[None], h), (x, h[None])):
        with pytest.raises(ValueError):
            overlap_add(signal, kernel, block)


@points(2)
def test_scale(overlap_add):
    """If h adds an echo after six seconds, the result is the long signal plus its delayed copy."""
    x, silence = torch.arange(2.0**21) % 19 - 9, torch.zeros(2**18)
    h = torch.cat((torch.ones(1), silence[1:], torch.ones(1)))
    twice = torch.cat((x, silence)) + torch.cat((silence, x))
    assert overlap_add(x, h, 2**18) == close(twice, scale=x.norm() * h.norm())


@points(1)
def test_cost(overlap_add):
    """Doubling the numbers of samples and taps and the block size less than triples the work."""
    longer = overlap_add.cost(torch.ones(2**12), torch.ones(2**10), 2**10)
    assert longer <= 3 * overlap_add.cost(torch.ones(2**11), torch.ones(2**9), 2**9)
