"""The references agree with three independent oracles: the loop nests, torch, and SciPy."""

import json
from pathlib import Path

import numpy as np
import pytest
import scipy.fft
import scipy.linalg
import scipy.signal
import torch
from hypothesis import given, settings
from references import formulas, reference
from torch.nn import functional as F

from grader import close, exactly
from grader.strategies import (
    banks_1d,
    banks_2d,
    complex_signals,
    images,
    kernels,
    kernels_2d,
    layers_1d,
    layers_2d,
    lengths,
    pair,
    signals,
)

pytestmark = pytest.mark.usefixtures("small_integers")
CASES = settings(max_examples=60, deadline=None, derandomize=True, database=None)
VECTORS = Path(__file__).parent / "vectors.json"

one_dimension, fourier = formulas("one_dimension"), formulas("fourier")
build_1d = reference("toeplitz_1d").build_toeplitz_1d
build_1d_strided = reference("toeplitz_1d_strided").build_toeplitz_1d_strided
build_2d = reference("toeplitz_2d").build_toeplitz_2d
build_2d_strided = reference("toeplitz_2d_strided").build_toeplitz_2d_strided
fft_convolve = reference("fft_convolution").fft_convolve


@CASES
@given(kernels(), signals(min_size=4))
def test_toeplitz_1d(kernel, x):
    """T x equals the cross-correlation of the loop nest, conv1d and SciPy."""
    y = build_1d(kernel, len(x)) @ x
    assert y == exactly(one_dimension.cross_correlate(x, kernel))
    assert y == exactly(F.conv1d(x[None, None], kernel[None, None])[0, 0])
    assert y.double() == exactly(
        torch.from_numpy(scipy.signal.correlate(x.double(), kernel.double(), "valid"))
    )


@CASES
@given(kernels(), lengths(0, 4))
def test_toeplitz_1d_is_scipys_toeplitz(kernel, extra):
    """T is scipy.linalg.toeplitz of its first column and first row."""
    n = len(kernel) + extra
    row = [*kernel.tolist(), *[0.0] * extra]
    column = [row[0], *[0.0] * extra]
    assert build_1d(kernel.double(), n) == exactly(torch.from_numpy(scipy.linalg.toeplitz(column, row)))


@CASES
@given(layers_1d(), signals(min_size=20, max_size=20))
def test_toeplitz_1d_strided(layer, x):
    """Stride, padding and dilation work as in conv1d."""
    x = x[: layer.n]
    options = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    y = build_1d_strided(layer.kernel, layer.n, **options) @ x
    assert y == exactly(F.conv1d(x[None, None], layer.kernel[None, None], **options)[0, 0])


@CASES
@given(kernels_2d(), images(min_side=3))
def test_toeplitz_2d(kernel, x):
    """T vec(x) equals the cross-correlation of conv2d and SciPy, row by row."""
    y = build_2d(kernel, *x.shape) @ x.flatten()
    assert y == exactly(F.conv2d(x[None, None], kernel[None, None]).flatten())
    found = scipy.signal.correlate2d(x.double(), kernel.double(), "valid")
    assert y.double() == exactly(torch.from_numpy(found).flatten())


@CASES
@given(layers_2d(), images(min_side=9, max_side=9))
def test_toeplitz_2d_strided(layer, x):
    """Stride, padding and dilation work as in conv2d, for ints and for pairs."""
    x = x[: layer.height, : layer.width]
    options = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    y = build_2d_strided(layer.kernel, layer.height, layer.width, **options) @ x.flatten()
    options = {name: pair(value) for name, value in options.items()}
    assert y == exactly(F.conv2d(x[None, None], layer.kernel[None, None], **options).flatten())


@CASES
@given(signals(max_size=12), signals(max_size=12))
def test_fft_convolve(x, h):
    """The full convolution equals that of the loop nest and SciPy."""
    scale = x.norm() * h.norm()
    y = fft_convolve(x, h)
    assert y == close(fourier.convolve(x, h), scale=scale)
    exact = torch.from_numpy(scipy.signal.convolve(x.double(), h.double(), "full", "direct"))
    assert fft_convolve(x.double(), h.double()) == close(exact, scale=scale)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_builders_keep_every_floating_dtype(dtype):
    """The builders work in any floating dtype."""
    kernel = torch.arange(1.0, 5.0).to(dtype)
    assert build_1d(kernel, 6).dtype == dtype
    assert build_1d_strided(kernel, 6, 2, 1, 1).dtype == dtype
    assert build_2d(kernel.reshape(2, 2), 3, 4).dtype == dtype
    assert build_2d_strided(kernel.reshape(2, 2), 3, 4, 2, 1, 1).dtype == dtype


@pytest.mark.parametrize(
    "function",
    [
        lambda h: build_1d(h, 6),
        lambda h: build_1d_strided(h, 6, 2, 1, 2),
        lambda h: build_2d(h.reshape(2, 2), 3, 4),
        lambda h: build_2d_strided(h.reshape(2, 2), 3, 4, (1, 2), (1, 0), 1),
        lambda h: fft_convolve(h, h.flip(0)),
    ],
    ids=["1d", "1d strided", "2d", "2d strided", "fft"],
)
def test_references_are_differentiable(function):
    """First and second derivatives are correct."""
    kernel = torch.tensor([1.0, -2.0, 3.0, 0.5], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(function, kernel)
    assert torch.autograd.gradgradcheck(function, kernel)


@CASES
@given(banks_1d())
def test_toeplitz_channels(bank):
    """A whole layer's matrix gives the same result as conv1d, including with groups."""
    build = reference("toeplitz_channels").build_toeplitz_channels
    x, weight, *geometry, groups = bank
    options = dict(zip(("stride", "padding", "dilation"), geometry, strict=True)) | {"groups": groups}
    y = build(weight, x.shape[1], **options) @ x.flatten()
    assert y == exactly(F.conv1d(x[None], weight, **options).flatten())


@CASES
@given(banks_2d())
def test_toeplitz_conv2d(bank):
    """A whole layer's matrix gives the same result as conv2d, including with groups."""
    build = reference("toeplitz_conv2d").build_toeplitz_conv2d
    x, weight, *geometry, groups = bank
    options = dict(zip(("stride", "padding", "dilation"), map(pair, geometry), strict=True))
    y = build(weight, *x.shape[2:], **options, groups=groups) @ x.flatten()
    assert y == exactly(F.conv2d(x, weight, **options, groups=groups).flatten())


@CASES
@given(banks_2d(max_groups=1, max_batch=2))
def test_im2col(bank):
    """Patches equal unfold's in the same order, and the convolution equals conv2d's."""
    module = reference("im2col")
    x, weight, *geometry, _ = bank
    options = dict(zip(("stride", "padding", "dilation"), geometry, strict=True))
    size = tuple(weight.shape[2:])
    pairs = {name: pair(value) for name, value in options.items()}
    assert module.im2col(x, size, **options) == exactly(F.unfold(x, size, **pairs))
    bias = weight.sum(dim=(1, 2, 3))
    y = module.conv2d_via_im2col(x, weight, bias, **options)
    assert y == exactly(F.conv2d(x, weight, bias, **pairs))


@CASES
@given(kernels(), signals())
def test_toeplitz_full(h, x):
    """The full matrix equals SciPy's convolution_matrix."""
    build = reference("toeplitz_full").build_toeplitz_full
    theirs = torch.from_numpy(scipy.linalg.convolution_matrix(h.double(), len(x), "full"))
    assert build(h.double(), len(x)) == exactly(theirs)


@CASES
@given(complex_signals())
def test_circulant(c):
    """The circulant equals SciPy's, and its eigenvalues equal those of a general solver."""
    build = reference("circulant").build_circulant
    eigenvalues = reference("diagonalisation").circulant_eigenvalues
    c = c.to(torch.complex128)
    assert build(c) == exactly(torch.from_numpy(scipy.linalg.circulant(c.numpy())))
    power = torch.linalg.matrix_power(build(c), 2).trace()
    assert (eigenvalues(c) ** 2).sum() == close(power, scale=len(c) * c.norm(1) ** 2)


@CASES
@given(lengths(1, 40))
def test_dft_matrix(n):
    """The Fourier matrix equals SciPy's in double precision."""
    theirs = torch.from_numpy(scipy.linalg.dft(n))
    assert reference("diagonalisation").dft_matrix(n) == close(theirs, scale=n)


@CASES
@given(signals(max_size=12), signals(max_size=12))
def test_circular_convolve(x, h):
    """A circular convolution is the inverse transform of the transforms' product, for any length."""
    h = h[: len(x)]
    theirs = scipy.fft.ifft(scipy.fft.fft(x.double()) * scipy.fft.fft(h.double(), len(x))).real
    y = reference("circular_convolution").circular_convolve(x.double(), h.double())
    assert y == close(torch.from_numpy(theirs), scale=x.norm() * h.norm())


@CASES
@given(images(), kernels_2d())
def test_fft_convolve_2d(x, h):
    """The full convolution in two dimensions equals SciPy's."""
    theirs = torch.from_numpy(scipy.signal.fftconvolve(x.double(), h.double()))
    y = reference("fft_convolution_2d").fft_convolve_2d(x.double(), h.double())
    assert y == close(theirs, scale=x.norm() * h.norm())


@CASES
@given(signals(), signals(), signals(min_size=9, max_size=9))
def test_toeplitz_matvec(column, row, x):
    """The product equals SciPy's matmul_toeplitz for wide and tall matrices."""
    row = torch.cat((column[:1], row))
    x = x[: len(row)]
    theirs = scipy.linalg.matmul_toeplitz((column.double(), row.double()), x.double())
    y = reference("toeplitz_matvec").toeplitz_matvec(column.double(), row.double(), x.double())
    assert y == close(torch.from_numpy(theirs), scale=(column.norm() + row.norm()) * x.norm())


@CASES
@given(signals(max_size=60), kernels(), lengths(1, 20))
def test_overlap_add(x, h, block):
    """The sum of the pieces equals SciPy's oaconvolve."""
    theirs = torch.from_numpy(scipy.signal.oaconvolve(x.double(), h.double()))
    y = reference("overlap_add").overlap_add(x.double(), h.double(), block)
    assert y == close(theirs, scale=x.norm() * h.norm())


@CASES
@given(kernels(), signals())
def test_multiply_polynomials(p, q):
    """The coefficients equal those from NumPy."""
    theirs = torch.from_numpy(np.convolve(p.double().numpy(), q.double().numpy()))
    y = reference("multiplication").multiply_polynomials(p.double(), q.double())
    assert y == close(theirs, scale=p.norm() * q.norm())


@CASES
@given(images(max_side=6))
def test_bandwidth(matrix):
    """The bandwidths of a square matrix equal SciPy's."""
    square = matrix[: min(matrix.shape), : min(matrix.shape)].contiguous()
    found = reference("locality").bandwidth(square)
    assert found == scipy.linalg.bandwidth(square.numpy())


@pytest.mark.parametrize("name", ["conv", "numpy_convolve", "cconv_linear"])
def test_recorded_linear_convolutions(name):
    """The outputs equal the values in other programs' documentation."""
    x, h, y = vectors(name, "x", "h", "y")
    assert fft_convolve(x, h) == close(y, scale=x.norm() * h.norm())
    assert reference("toeplitz_full").build_toeplitz_full(h, len(x)) @ x == exactly(y)
    assert reference("overlap_add").overlap_add(x, h, 2) == close(y, scale=x.norm() * h.norm())


def test_recorded_circular_convolution():
    """The output equals that of MATLAB's cconv."""
    x, h, y = vectors("cconv", "x", "h", "y")
    assert reference("circular_convolution").circular_convolve(x, h) == close(y, scale=x.norm() * h.norm())
    assert reference("circulant_product").multiply_circulants(x, h) == close(y, scale=x.norm() * h.norm())


def test_recorded_cross_correlation():
    """The output equals that of NumPy's correlate."""
    x, h, y = vectors("numpy_correlate", "x", "h", "y")
    assert reference("sliding_window").cross_correlate(x, h) == exactly(y)


def test_recorded_matrices():
    """The matrices equal SciPy's circulant and convolution_matrix."""
    c, matrix = vectors("scipy_circulant", "c", "matrix")
    assert reference("circulant").build_circulant(c) == exactly(matrix)
    h, matrix = vectors("scipy_convolution_matrix", "h", "matrix")
    assert reference("toeplitz_full").build_toeplitz_full(h, 5) == exactly(matrix)


@pytest.mark.parametrize("name", ["onnx_conv", "onnx_conv_without_padding"])
def test_recorded_layers(name):
    """The outputs equal those in the ONNX standard's examples for the Conv operator."""
    recorded = json.loads(VECTORS.read_text())[name]
    (expected,) = vectors(name, "y")
    image, kernel = torch.arange(25.0, dtype=torch.float64).reshape(5, 5), torch.ones(3, 3).double()
    options = {"stride": recorded["stride"], "padding": recorded["padding"]}
    matrix = build_2d_strided(kernel, 5, 5, **options)
    assert matrix @ image.flatten() == exactly(expected.flatten())
    y = reference("im2col").conv2d_via_im2col(image[None, None], kernel[None, None], **options)
    assert y[0, 0] == exactly(expected)


def test_recorded_transposed_convolution():
    """The output equals that in the ONNX standard's example for the ConvTranspose operator."""
    x, kernel, y = vectors("onnx_conv_transpose_1d", "x", "kernel", "y")
    assert reference("transposed_convolution").transposed_convolve(x, kernel) == exactly(y)


def test_recorded_toeplitz_products():
    """The products equal SciPy's matmul_toeplitz, column by column."""
    column, row, x, y = vectors("scipy_matmul_toeplitz", "column", "row", "x", "y")
    for one, product in zip(x.T, y.T, strict=True):
        found = reference("toeplitz_matvec").toeplitz_matvec(column, row, one)
        assert found == close(product, scale=100 * one.norm())


def vectors(name, *keys):
    """Return recorded values as tensors."""
    recorded = json.loads(VECTORS.read_text())[name]
    return [torch.tensor(recorded[key], dtype=torch.float64) for key in keys]
