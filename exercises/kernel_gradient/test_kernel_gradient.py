"""Tests of the gradient of a shared kernel, and of the nearest Toeplitz matrix."""

import pytest
import torch
from hypothesis import given

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, images, kernels, lengths, signals
from reference.formulas.fourier import convolve
from reference.formulas.one_dimension import cross_correlate
from reference.formulas.structure import diagonal_sums, nearest_toeplitz, toeplitz_of_diagonals

kernel_gradient = submitted("kernel_gradient")
project_to_toeplitz = submitted("project_to_toeplitz")

# A signal uses the first len(grad_y) + k - 1 of these, a matrix's diagonals the first m + n - 1.
SIGNALS = signals(min_size=8, max_size=8)
LONG_SIGNALS = signals(min_size=120, max_size=120)
DIAGONALS = signals(min_size=9, max_size=9)


@points(1)
@given(x=SIGNALS, g=signals(max_size=5), k=lengths(1, 4))
def test_shape(kernel_gradient, x, g, k):
    """The gradient has one entry for each tap of the kernel."""
    assert kernel_gradient(x[: len(g) + k - 1], g, k).shape == (k,)


@points(4)
@given(x=LONG_SIGNALS, g=signals(max_size=5, beyond=96), k=lengths(1, 4, beyond=20))
def test_values(kernel_gradient, x, g, k):
    """Entry j is the sum of grad_y[i] x[i + j]: the gradient of a correlation is a correlation."""
    x = x[: len(g) + k - 1]
    assert kernel_gradient(x, g, k) == close(cross_correlate(x, g), scale=x.norm() * g.norm())


@points(2)
@given(x=SIGNALS, g=signals(max_size=5), h=kernels(max_size=4))
def test_adjoint(kernel_gradient, x, g, h):
    """<dh, h> = <grad_y, y> for each kernel h, where y is the cross-correlation of x with h."""
    x = x[: len(g) + len(h) - 1]
    scale = x.norm() * g.norm() * h.norm()
    assert kernel_gradient(x, g, len(h)) @ h == close(g @ cross_correlate(x, h), scale=scale)


@points(1)
@given(x=SIGNALS, g=signals(max_size=5), other=signals(min_size=5), k=lengths(1, 4))
def test_linearity(kernel_gradient, x, g, other, k):
    """For grad_y = 2 g + w, the gradient is twice the gradient for g plus the gradient for w."""
    x, w = x[: len(g) + k - 1], other[: len(g)]
    separate = 2 * kernel_gradient(x, g, k) + kernel_gradient(x, w, k)
    assert kernel_gradient(x, 2 * g + w, k) == close(separate, scale=x.norm() * (2 * g.norm() + w.norm()))


@points(1)
@given(x=SIGNALS, g=signals(max_size=5), k=lengths(1, 4))
def test_weight_sharing(kernel_gradient, project_to_toeplitz, x, g, k):
    """dh is len(grad_y) times the first k entries of row 0 of the projected outer product."""
    x = x[: len(g) + k - 1]
    shared = len(g) * project_to_toeplitz(torch.outer(g, x))[0, :k]
    assert kernel_gradient(x, g, k) == close(shared, scale=x.norm() * g.norm())


@points(3)
@given(matrix=images())
def test_projection(project_to_toeplitz, matrix):
    """Each entry of the nearest Toeplitz matrix is the mean of the given matrix along its diagonal."""
    assert project_to_toeplitz(matrix) == close(nearest_toeplitz(matrix), scale=matrix.norm())


@points(1)
@given(diagonals=DIAGONALS, m=lengths(1, 5), n=lengths(1, 5))
def test_idempotence(project_to_toeplitz, diagonals, m, n):
    """A Toeplitz matrix is its own projection: projecting twice is the same as projecting once."""
    matrix = toeplitz_of_diagonals(diagonals[: m + n - 1], m, n)
    assert project_to_toeplitz(matrix) == close(matrix, scale=matrix.norm())


@points(1)
@given(matrix=images())
def test_orthogonality(project_to_toeplitz, matrix):
    """A - P sums to zero along each diagonal: it is orthogonal to all Toeplitz matrices, so P is nearest."""
    residual = matrix - project_to_toeplitz(matrix)
    assert diagonal_sums(residual) == close(matrix.new_zeros(sum(matrix.shape) - 1), scale=matrix.norm(1))


@points(1)
@given(x=SIGNALS, g=signals(max_size=5), k=lengths(1, 4), dtype=dtypes())
def test_dtype(kernel_gradient, project_to_toeplitz, x, g, k, dtype):
    """Both results have the inputs' dtype and are computed in that precision."""
    x, g = x[: len(g) + k - 1].to(dtype) / 7, g.to(dtype)
    matrix = torch.outer(g, x)
    assert kernel_gradient(x, g, k) == close(cross_correlate(x, g), scale=x.norm() * g.norm())
    assert project_to_toeplitz(matrix) == close(nearest_toeplitz(matrix), scale=matrix.norm())


@points(1)
@given(x=SIGNALS, g=signals(max_size=5), k=lengths(1, 4), matrix=images())
def test_purity(kernel_gradient, project_to_toeplitz, x, g, k, matrix):
    """The calls don't change the signal, the incoming gradient or the matrix."""
    signal, cotangent, _ = kernel_gradient.inputs_after(x[: len(g) + k - 1], g, k)
    assert signal == exactly(x[: len(g) + k - 1])
    assert cotangent == exactly(g)
    assert project_to_toeplitz.inputs_after(matrix)[0] == exactly(matrix)


@points(1)
@given(x=SIGNALS, g=signals(max_size=5), weights=kernels(max_size=4))
def test_gradient(kernel_gradient, x, g, weights):
    """x's gradient is grad_y convolved with the incoming gradient g; grad_y's is x correlated with g."""
    x = x[: len(g) + len(weights) - 1]
    dx, dg = kernel_gradient.vjp(x, g, len(weights), cotangent=weights)
    assert dx == close(convolve(g, weights), scale=g.norm() * weights.norm())
    assert dg == close(cross_correlate(x, weights), scale=x.norm() * weights.norm())


@points(1)
@given(matrix=images())
def test_self_adjoint(project_to_toeplitz, matrix):
    """The gradient of the matrix is the projection of the incoming gradient."""
    g = matrix.new_tensor(range(1, matrix.numel() + 1)).reshape(matrix.shape)
    assert project_to_toeplitz.vjp(matrix, cotangent=g) == close(nearest_toeplitz(g), scale=g.norm())


@points(1)
@given(x=signals(), g=signals(max_size=5), more=lengths(1, 3))
def test_domain(kernel_gradient, project_to_toeplitz, x, g, more):
    """A grad_y whose length isn't n - k + 1, or a matrix without two axes, raises ValueError."""
    with pytest.raises(ValueError):
        kernel_gradient(x, g, max(len(x) - len(g) + 1, 0) + more)
    with pytest.raises(ValueError):
        project_to_toeplitz(x)


@points(1)
@given(x=signals(), k=lengths(-1, 0))
def test_domain_empty(kernel_gradient, project_to_toeplitz, x, k):
    """k = 0, an empty matrix, or an x or grad_y that is empty or not 1-D raises ValueError."""
    with pytest.raises(ValueError):
        kernel_gradient(x, x.repeat(3)[: len(x) - k + 1], k)
    with pytest.raises(ValueError):
        kernel_gradient(x, x[:0], len(x) + 1)
    for wrong in ((x[None], x[:1], 1), (x, x[None], len(x))):
        with pytest.raises(ValueError):
            kernel_gradient(*wrong)
    with pytest.raises(ValueError):
        project_to_toeplitz(x[None, :0])
