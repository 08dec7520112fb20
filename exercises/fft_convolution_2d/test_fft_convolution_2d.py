"""Tests of the matrix of periodic 2-D convolution, and of linear 2-D convolution through the FFT."""

import pytest
import torch
from hypothesis import given, settings
from torch.nn.functional import pad

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, images, kernels, kernels_2d, lengths, signals
from reference.formulas.fourier import circulant, dft_2d, wave_2d
from reference.formulas.two_dimensions import (
    convolve_2d,
    convolve_2d_circular,
    cross_correlate_2d,
    doubly_block_circulant_gradient,
    kronecker,
    unvec,
)

build_doubly_block_circulant = submitted("build_doubly_block_circulant")
fft_convolve_2d = submitted("fft_convolve_2d")


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2))
def test_shape(build_doubly_block_circulant, fft_convolve_2d, kernel, more, wider):
    """B has a row and a column per pixel; the linear convolution has shape (H + kh - 1, W + kw - 1)."""
    (kh, kw), height, width = kernel.shape, kernel.shape[0] + more, kernel.shape[1] + wider
    assert build_doubly_block_circulant(kernel, height, width).shape == (height * width, height * width)
    assert fft_convolve_2d(kernel.new_ones(height, width), kernel).shape == (height + kh - 1, width + kw - 1)


@points(4)
@given(x=images(), h=kernels_2d())
def test_values(fft_convolve_2d, x, h):
    """Entry (r, c) is the sum of h[a, b] x[r - a, c - b] over all a, b: the true, linear convolution."""
    assert fft_convolve_2d(x, h) == close(convolve_2d(x, h), scale=x.norm() * h.norm())


@points(2)
@given(x=images(), kernel=kernels_2d())
def test_matrix(build_doubly_block_circulant, x, kernel):
    """B vec(x) is the periodic convolution of x with the kernel, flattened row by row."""
    kernel = kernel[: x.shape[0], : x.shape[1]]
    matrix = build_doubly_block_circulant(kernel, *x.shape)
    assert unvec(matrix @ x.flatten(), x.shape) == close(convolve_2d_circular(x, kernel))


@points(1)
@given(kernel=kernels_2d(), more=lengths(0, 2), wider=lengths(0, 2))
def test_weight_sharing(build_doubly_block_circulant, kernel, more, wider):
    """Entries of B don't change if output and pixel both move cyclically, down or to the right."""
    height, width = kernel.shape[0] + more, kernel.shape[1] + wider
    blocks = build_doubly_block_circulant(kernel, height, width).reshape(height, width, height, width)
    assert blocks.roll((1, 1), (0, 2)) == exactly(blocks)
    assert blocks.roll((1, 1), (1, 3)) == exactly(blocks)


@points(1)
@given(u=kernels(beyond=32), v=kernels(max_size=3), more=lengths(0, 2), wider=lengths(0, 2))
def test_separability(build_doubly_block_circulant, u, v, more, wider):
    """The matrix of the kernel outer(u, v) is the Kronecker product of the circulants of u and v."""
    blocks = kronecker(circulant(pad(u, (0, more))), circulant(pad(v, (0, wider))))
    matrix = build_doubly_block_circulant(torch.outer(u, v), len(u) + more, len(v) + wider)
    assert matrix == close(blocks)


@points(1)
@given(x=images(max_side=4), kernel=kernels_2d(max_side=3), p=lengths(0, 3), q=lengths(0, 3))
def test_diagonalisation(build_doubly_block_circulant, x, kernel, p, q):
    """Each 2-D wave is an eigenvector of B; its eigenvalue is the kernel's transform at that frequency."""
    sides, p, q = x.shape, p % x.shape[0], q % x.shape[1]
    kernel, wave = kernel[: sides[0], : sides[1]], wave_2d(p, q, sides).flatten()
    matrix = build_doubly_block_circulant(kernel, *sides).to(kernel.dtype.to_complex())
    wave = wave.to(matrix.dtype)
    assert matrix @ wave == close(dft_2d(kernel, sides)[p, q] * wave, scale=kernel.norm(1))


@points(1)
@settings(max_examples=30)
@given(x=images(max_side=4), h=kernels_2d(max_side=3))
def test_convolution_theorem(fft_convolve_2d, x, h):
    """The result's 2-D transform is the product of the transforms of x and h, padded to its shape."""
    sides = (x.shape[0] + h.shape[0] - 1, x.shape[1] + h.shape[1] - 1)
    product = dft_2d(x, sides) * dft_2d(h, sides)
    assert dft_2d(fft_convolve_2d(x, h), sides) == close(product, scale=x.norm(1) * h.norm(1))


@points(1)
@given(x=images(), h=kernels_2d())
def test_commutativity(fft_convolve_2d, x, h):
    """Convolving h with x gives the same result as convolving x with h, even if h is larger."""
    assert fft_convolve_2d(h, x) == close(fft_convolve_2d(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=images(min_side=3, max_side=4), h=kernels_2d(max_side=3), dtype=dtypes())
def test_dtype(build_doubly_block_circulant, fft_convolve_2d, x, h, dtype):
    """Both results have the inputs' dtype, and the convolution is computed in that precision."""
    x, h = x.to(dtype), h.to(dtype)
    assert build_doubly_block_circulant(h, *x.shape).dtype == dtype
    assert fft_convolve_2d(x, h) == close(convolve_2d(x, h), scale=x.norm() * h.norm())


@points(1)
@given(x=images(min_side=3, max_side=4), h=kernels_2d(max_side=3))
def test_purity(build_doubly_block_circulant, fft_convolve_2d, x, h):
    """The calls don't change the kernel or the image."""
    assert build_doubly_block_circulant.inputs_after(h, *x.shape)[0] == exactly(h)
    image, kernel = fft_convolve_2d.inputs_after(x, h)
    assert image == exactly(x)
    assert kernel == exactly(h)


@points(1)
@given(x=images(), h=kernels_2d(), w=signals(min_size=24, max_size=24))
def test_gradient(fft_convolve_2d, x, h, w):
    """Each input's gradient is the incoming gradient cross-correlated with the other input."""
    g = torch.outer(w[: x.shape[0] + h.shape[0] - 1], w[: x.shape[1] + h.shape[1] - 1])
    dx, dh = fft_convolve_2d.vjp(x, h, cotangent=g)
    assert dx == close(cross_correlate_2d(g, h), scale=g.norm() * h.norm())
    assert dh == close(cross_correlate_2d(g, x), scale=g.norm() * x.norm())


@points(1)
@given(kernel=kernels_2d(max_side=3), x=images(min_side=3, max_side=4))
def test_matrix_gradient(build_doubly_block_circulant, kernel, x):
    """Each tap's gradient is the incoming gradient, summed over the entries of B that hold that tap."""
    g = torch.outer(x.flatten(), x.flatten().flip(0))
    gradient = build_doubly_block_circulant.vjp(kernel, *x.shape, cotangent=g)
    entries = g.reshape(*x.shape, *x.shape)
    assert gradient == close(doubly_block_circulant_gradient(entries, *kernel.shape))


@points(1)
@given(kernel=kernels_2d(), spare=lengths(0, 2))
def test_domain(build_doubly_block_circulant, kernel, spare):
    """A kernel with three axes, or taller or wider than the image, raises ValueError."""
    kh, kw = kernel.shape
    for wrong in ((kernel, kh - 1, kw + spare), (kernel, kh + spare, kw - 1), (kernel[None], kh, kw)):
        with pytest.raises(ValueError):
            build_doubly_block_circulant(*wrong)


@points(1)
@given(x=images(), h=kernels_2d())
def test_domain_axes(build_doubly_block_circulant, fft_convolve_2d, x, h):
    """An image or kernel that is empty, or doesn't have two axes, raises ValueError."""
    with pytest.raises(ValueError):
        build_doubly_block_circulant(h[:0], *x.shape)
    with pytest.raises(ValueError):
        build_doubly_block_circulant(h[:, :0], *x.shape)
    for wrong in ((x[:0], h), (x[:, :0], h), (x, h[:, :0]), (x[None], h), (x, h[0])):
        with pytest.raises(ValueError):
            fft_convolve_2d(*wrong)


@points(1)
def test_scale(fft_convolve_2d):
    """A large image and a large kernel of ones give a pyramid, faster than with a direct method."""
    x, h = torch.ones(1000, 1100), torch.ones(1024, 900)
    rows, columns = torch.arange(1.0, 2024), torch.arange(1.0, 2000)
    slopes = [torch.minimum(up, up.flip(0)).clamp(max=top) for up, top in ((rows, 1000), (columns, 900))]
    assert fft_convolve_2d(x, h) == close(torch.outer(*slopes), scale=x.norm() * h.norm())


@points(1)
def test_cost(fft_convolve_2d):
    """Doubling all heights and widths takes less than six times as many operations."""
    larger = fft_convolve_2d.cost(torch.ones(64, 64), torch.ones(64, 64))
    assert larger <= 6 * fft_convolve_2d.cost(torch.ones(32, 32), torch.ones(32, 32))
