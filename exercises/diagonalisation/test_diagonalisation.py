"""Tests of the Fourier matrix, and of the eigenvalues of a circulant."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import complex_signals, dtypes, lengths, signals, tensors
from reference.formulas import fourier
from reference.formulas.fourier import circulant, convolve_circular, dft

dft_matrix = submitted("dft_matrix")
circulant_eigenvalues = submitted("circulant_eigenvalues")


# F must be complex128; the other tests convert it to the precision of their vectors.
# The scales grow with n, because the angles do: f j / n is up to n turns, and its rounding error grows.
@points(1)
@given(c=signals())
def test_shape(dft_matrix, circulant_eigenvalues, c):
    """F is n by n, and a circulant of n columns has n eigenvalues."""
    assert dft_matrix(len(c)).shape == (len(c), len(c))
    assert circulant_eigenvalues(c).shape == (len(c),)


@points(4)
@given(x=signals())
def test_values(dft_matrix, x):
    """F x is the transform of x: entry f is the sum of exp(-2 pi i f j / n) x[j]."""
    field = x.dtype.to_complex()
    spectrum = dft_matrix(len(x)).to(field) @ x.to(field)
    assert spectrum == close(dft(x, len(x)), scale=len(x) * x.norm(1))


@points(3)
@given(c=signals())
def test_eigenvalues(circulant_eigenvalues, c):
    """Eigenvalue f of C is entry f of the transform of its first column."""
    assert circulant_eigenvalues(c) == close(dft(c, len(c)), scale=len(c) * c.norm(1))


@points(2)
@given(c=signals())
def test_diagonalisation(dft_matrix, circulant_eigenvalues, c):
    """F C = diag(eig) F: row f of F is a left eigenvector of C, with eigenvalue f."""
    matrix = dft_matrix(len(c)).to(c.dtype.to_complex())
    scaled_rows = circulant_eigenvalues(c)[:, None] * matrix
    assert scaled_rows == close(matrix @ circulant(c).to(matrix.dtype), scale=len(c) * c.norm(1))


@points(1)
@given(n=lengths(1, 8, beyond=96))
def test_inverse(dft_matrix, n):
    """F is symmetric, and its inverse is its conjugate divided by n: F conj(F) = n I."""
    matrix = dft_matrix(n)
    assert matrix == close(matrix.T, scale=n)
    assert matrix @ matrix.conj() == close(n * torch.eye(n, dtype=matrix.dtype), scale=n**2)


@points(1)
@given(n=lengths(2, 8))
def test_roots_of_unity(circulant_eigenvalues, n):
    """The n-th power of each eigenvalue of the cyclic shift P is 1, because P^n = I."""
    ones = torch.ones(n, dtype=torch.complex64)
    assert circulant_eigenvalues(torch.eye(n)[1]) ** n == close(ones, scale=n**2)


@points(1)
@given(c=signals())
def test_trace(circulant_eigenvalues, c):
    """The eigenvalues add up to the trace of C, which is n times c[0]."""
    trace = len(c) * c[0].to(c.dtype.to_complex())
    assert circulant_eigenvalues(c).sum() == close(trace, scale=len(c) ** 2 * c.norm(1))


@points(1)
@given(columns=tensors(st.tuples(st.just(2), lengths(1, 6))))
def test_products(circulant_eigenvalues, columns):
    """The eigenvalues of C D, the circulant of c convolved with d, are the products of C's and D's."""
    c, d = columns
    multiplied = circulant_eigenvalues(c) * circulant_eigenvalues(d)
    scale = len(c) * c.norm(1) * d.norm(1)
    assert circulant_eigenvalues(convolve_circular(c, d)) == close(multiplied, scale=scale)


@points(1)
@given(c=complex_signals(), dtype=dtypes(with_complex=True))
def test_dtype(dft_matrix, circulant_eigenvalues, c, dtype):
    """F is complex128; the eigenvalues are complex and as precise as c, which may be complex too."""
    c = c.to(dtype) if dtype.is_complex else c.real.to(dtype)
    assert circulant_eigenvalues(c) == close(dft(c, len(c)), scale=len(c) * c.norm(1))
    assert dft_matrix(len(c)) == close(fourier.dft_matrix(len(c)), scale=len(c))


@points(1)
def test_precision(dft_matrix):
    """At n = 251 each entry of F is correct to 7e-13, even if f j is large."""
    n = 251
    assert dft_matrix(n) == close(fourier.dft_matrix(n), scale=n / 10)


@points(1)
@given(c=signals(), dtype=dtypes(with_complex=True))
def test_purity(circulant_eigenvalues, c, dtype):
    """The call doesn't change c."""
    assert circulant_eigenvalues.inputs_after(c.to(dtype))[0] == exactly(c.to(dtype))


@points(1)
@given(c=signals(), g=complex_signals(), dtype=dtypes(with_complex=True))
def test_gradient(circulant_eigenvalues, c, g, dtype):
    """The gradient of c is conj(F) times the incoming gradient, or its real part if c is real."""
    c, g = c[: len(g)].to(dtype), g[: len(c)].to(dtype.to_complex())
    expected = dft(g.conj(), len(g)).conj()
    gradient = circulant_eigenvalues.vjp(c, cotangent=g)
    expected = expected if dtype.is_complex else expected.real
    assert gradient == close(expected, scale=len(g) * g.abs().sum())


@points(1)
@given(c=signals(), n=lengths(0, 2))
def test_domain(dft_matrix, circulant_eigenvalues, c, n):
    """An n below 1, an empty c or a two-dimensional c raises ValueError."""
    with pytest.raises(ValueError):
        dft_matrix(-n)
    with pytest.raises(ValueError):
        circulant_eigenvalues(c[:0])
    with pytest.raises(ValueError):
        circulant_eigenvalues(c[None])
