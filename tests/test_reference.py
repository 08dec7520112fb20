"""The references agree with three independent oracles: the loop nests, torch, and SciPy."""

import importlib.util
import sys
from pathlib import Path

import pytest
import scipy.linalg
import scipy.signal
import torch
from hypothesis import given, settings
from torch.nn import functional as F

from grader import close, exactly
from grader.strategies import images, kernels, kernels_2d, layers_1d, layers_2d, lengths, pair, signals

ROOT = Path(__file__).resolve().parent.parent
CASES = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def solution(exercise):
    return load(ROOT / f"reference/{exercise}/solution.py", f"solution_{exercise}")


sys.path.append(str(ROOT))
from reference.formulas import fourier, one_dimension  # noqa: E402

build_1d = solution("toeplitz_1d").build_toeplitz_1d
build_1d_strided = solution("toeplitz_1d_strided").build_toeplitz_1d_strided
build_2d = solution("toeplitz_2d").build_toeplitz_2d
build_2d_strided = solution("toeplitz_2d_strided").build_toeplitz_2d_strided
fft_convolve = solution("fft_convolution").fft_convolve


@CASES
@given(kernels(), signals(min_size=4))
def test_toeplitz_1d(kernel, x):
    """T x is the loop nest's, conv1d's and SciPy's cross-correlation."""
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
    """Stride, padding and dilation are conv1d's."""
    x = x[: layer.n]
    options = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    y = build_1d_strided(layer.kernel, layer.n, **options) @ x
    assert y == exactly(F.conv1d(x[None, None], layer.kernel[None, None], **options)[0, 0])


@CASES
@given(kernels_2d(), images(min_side=3))
def test_toeplitz_2d(kernel, x):
    """T vec(x) is conv2d's and SciPy's cross-correlation, row by row."""
    y = build_2d(kernel, *x.shape) @ x.flatten()
    assert y == exactly(F.conv2d(x[None, None], kernel[None, None]).flatten())
    found = scipy.signal.correlate2d(x.double(), kernel.double(), "valid")
    assert y.double() == exactly(torch.from_numpy(found).flatten())


@CASES
@given(layers_2d(), images(min_side=9, max_side=9))
def test_toeplitz_2d_strided(layer, x):
    """Stride, padding and dilation are conv2d's, for ints and for pairs."""
    x = x[: layer.height, : layer.width]
    options = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    y = build_2d_strided(layer.kernel, layer.height, layer.width, **options) @ x.flatten()
    options = {name: pair(value) for name, value in options.items()}
    assert y == exactly(F.conv2d(x[None, None], layer.kernel[None, None], **options).flatten())


@CASES
@given(signals(max_size=12), signals(max_size=12))
def test_fft_convolve(x, h):
    """The full convolution is the loop nest's and SciPy's."""
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
    """Gradients are right to first and second order."""
    kernel = torch.tensor([1.0, -2.0, 3.0, 0.5], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(function, kernel)
    assert torch.autograd.gradgradcheck(function, kernel)
