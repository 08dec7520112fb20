"""Tests of the transposed convolution."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, lengths, paddings, signals, strides
from reference.formulas import structure
from reference.formulas.fourier import convolve
from reference.formulas.one_dimension import cross_correlate_strided
from reference.formulas.structure import transposed_length

transposed_convolve = submitted("transposed_convolve")

# (y, kernel, stride, padding); the padding leaves at least one sample of the answer.
LAYERS, LONG = (
    st.tuples(samples, kernels(), strides(), paddings()).filter(
        lambda layer: transposed_length(len(layer[0]), len(layer[1]), *layer[2:]) >= 1
    )
    for samples in (signals(max_size=6), signals(max_size=6, beyond=96))
)
OUTSIDE = (
    {"y": torch.ones(0)},
    {"y": torch.ones(1, 4)},
    {"kernel": torch.ones(0)},
    {"kernel": torch.ones(1, 2)},
    {"stride": 0},
    {"padding": -1},
)


@points(1)
@given(layer=LAYERS)
def test_shape(transposed_convolve, layer):
    """The result has (m - 1) s + k - 2p samples: the shortest signal with m positions for the kernel."""
    y, kernel, stride, padding = layer
    assert transposed_convolve(*layer).shape == (transposed_length(len(y), len(kernel), stride, padding),)


@points(4)
@given(layer=LONG)
def test_values(transposed_convolve, layer):
    """Sample c is the sum of kernel[j] y[i] over all i and j with i s + j - p = c."""
    scale = layer[0].norm() * layer[1].norm()
    assert transposed_convolve(*layer) == close(structure.transposed_convolve(*layer), scale=scale)


@points(2)
@given(layer=LAYERS, x=signals(min_size=4))
def test_adjoint(transposed_convolve, layer, x):
    """<x, T^T y> = <T x, y>, where T x is the cross-correlation of x with this stride and padding."""
    y, kernel, stride, padding = layer
    x = x.repeat(8)[: transposed_length(len(y), len(kernel), stride, padding)]
    product = cross_correlate_strided(x, kernel, stride, padding, 1) @ y
    scale = x.norm() * y.norm() * kernel.norm()
    assert x @ transposed_convolve(*layer) == close(product, scale=scale)


@points(1)
@given(y=signals(), kernel=kernels())
def test_full_convolution(transposed_convolve, y, kernel):
    """With stride 1 and no padding, the result is the full true convolution of y with the kernel."""
    assert transposed_convolve(y, kernel) == close(convolve(y, kernel), scale=y.norm() * kernel.norm())


@points(2)
@given(kernel=kernels(), place=lengths(0, 3), stride=strides())
def test_impulse(transposed_convolve, kernel, place, stride):
    """If y is 1 at index i and 0 elsewhere, the result is the kernel, starting at index i s."""
    expected = torch.cat((kernel.new_zeros(place * stride), kernel, kernel.new_zeros((3 - place) * stride)))
    impulse = torch.eye(4, dtype=kernel.dtype)[place]
    assert transposed_convolve(impulse, kernel, stride) == close(expected, scale=kernel.norm())


@points(1)
@given(layer=LAYERS)
def test_padding(transposed_convolve, layer):
    """Padding p removes p samples from each end of the result without padding."""
    y, kernel, stride, padding = layer
    whole = transposed_convolve(y, kernel, stride)
    inner = whole[padding : len(whole) - padding]
    assert transposed_convolve(*layer) == close(inner, scale=y.norm() * kernel.norm())


@points(1)
@given(y=signals(), kernel=kernels(), other=kernels(), stride=strides())
def test_linearity(transposed_convolve, y, kernel, other, stride):
    """The result for the kernel 2 g + h is twice the result for g plus the result for h."""
    g, h = kernel[: len(other)], other[: len(kernel)]
    separate = 2 * transposed_convolve(y, g, stride) + transposed_convolve(y, h, stride)
    scale = y.norm() * (2 * g.norm() + h.norm())
    assert transposed_convolve(y, 2 * g + h, stride) == close(separate, scale=scale)


@points(1)
@given(layer=LAYERS, dtype=dtypes())
def test_dtype(transposed_convolve, layer, dtype):
    """The result has the inputs' dtype and is computed in that precision."""
    y, kernel, *geometry = layer[0].to(dtype) / 7, layer[1].to(dtype), *layer[2:]
    expected = structure.transposed_convolve(y, kernel, *geometry)
    assert transposed_convolve(y, kernel, *geometry) == close(expected, scale=y.norm() * kernel.norm())


@points(1)
@given(layer=LAYERS)
def test_purity(transposed_convolve, layer):
    """The call doesn't change the samples or the kernel."""
    samples, taps, *_ = transposed_convolve.inputs_after(*layer)
    assert samples == exactly(layer[0])
    assert taps == exactly(layer[1])


@points(1)
@given(layer=LAYERS, weights=signals(min_size=4))
def test_gradient(transposed_convolve, layer, weights):
    """y's gradient is T g; the kernel's is g correlated with y, with the stride as dilation."""
    y, kernel, stride, padding = layer
    g = weights.repeat(8)[: transposed_length(len(y), len(kernel), stride, padding)]
    dy, dkernel = transposed_convolve.vjp(*layer, cotangent=g)
    assert dy == close(cross_correlate_strided(g, kernel, stride, padding, 1), scale=g.norm() * kernel.norm())
    assert dkernel == close(cross_correlate_strided(g, y, 1, padding, stride), scale=g.norm() * y.norm())


@points(1)
@given(y=signals(max_size=5), kernel=kernels(), more=lengths(0, 2))
def test_domain(transposed_convolve, y, kernel, more):
    """A padding that leaves no sample, (m - 1) s + k - 2p < 1, raises ValueError."""
    with pytest.raises(ValueError):
        transposed_convolve(y, kernel, 1, (len(y) + len(kernel)) // 2 + more)


@points(1)
@given(m=lengths(2, 5), outside=st.sampled_from(OUTSIDE))
def test_domain_arguments(transposed_convolve, m, outside):
    """An empty or 2-D signal or kernel, a stride below 1, or a negative padding raises ValueError."""
    with pytest.raises(ValueError):
        transposed_convolve(**{"y": torch.ones(m), "kernel": torch.ones(2), **outside})
