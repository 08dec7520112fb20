"""Tests of products of polynomials and integers, computed through the FFT."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader import close, exactly, points, submitted
from grader.strategies import dtypes, kernels, signals
from reference.formulas.fourier import convolve, evaluate
from reference.formulas.one_dimension import cross_correlate

multiply_polynomials = submitted("multiply_polynomials")
multiply_integers = submitted("multiply_integers")

# Small and large ints, powers of ten and of two, and all nines, whose carries run from end to end.
numbers = st.one_of(
    st.integers(-999, 999),
    st.integers(-(2**400), 2**400),
    st.integers(-(2**12000), 2**12000),
    st.integers(0, 100).map(lambda k: 10**k),
    st.integers(0, 300).map(lambda k: -(2**k)),
    st.integers(1, 100).map(lambda k: 10**k - 1),
)


@points(1)
@given(p=signals(), q=kernels())
def test_shape(multiply_polynomials, p, q):
    """The product of polynomials with n and k coefficients has n + k - 1 coefficients."""
    assert multiply_polynomials(p, q).shape == (len(p) + len(q) - 1,)


@points(3)
@given(p=signals(), q=kernels())
def test_values(multiply_polynomials, p, q):
    """The lowest coefficient comes first, and coefficient j is the sum of p[i] q[j - i] over all i."""
    assert multiply_polynomials(p, q) == close(convolve(p, q), scale=p.norm() * q.norm())


@points(3)
@given(a=numbers, b=numbers)
def test_integers(multiply_integers, a, b):
    """The product of two integers of any size and sign is exact."""
    assert multiply_integers(a, b) == exactly(a * b)


@points(1)
@given(p=signals(max_size=8), q=kernels(max_size=4), t=st.sampled_from((1, -1, 2, -2)))
def test_evaluation(multiply_polynomials, p, q, t):
    """The value of the product is the product of the values: (p q)(t) = p(t) q(t)."""
    scale = evaluate(p.abs(), abs(t)) * evaluate(q.abs(), abs(t))
    assert evaluate(multiply_polynomials(p, q), t) == close(evaluate(p, t) * evaluate(q, t), scale=scale)


@points(1)
@given(p=signals(), q=kernels())
def test_degree(multiply_polynomials, p, q):
    """The product's lowest (highest) coefficient is the product of the two lowest (highest) ones."""
    ends = torch.stack((p[0] * q[0], p[-1] * q[-1]))
    assert multiply_polynomials(p, q)[[0, len(p) + len(q) - 2]] == close(ends, scale=p.norm() * q.norm())


@points(1)
@given(p=signals(), q=kernels())
def test_commutativity(multiply_polynomials, p, q):
    """Swapping p and q doesn't change the product."""
    assert multiply_polynomials(q, p) == close(multiply_polynomials(p, q), scale=p.norm() * q.norm())


@points(1)
@given(a=numbers, b=numbers)
def test_sign(multiply_integers, a, b):
    """Changing the sign of one factor changes the product's sign; changing both doesn't."""
    assert multiply_integers(-a, b) == exactly(-multiply_integers(a, b))
    assert multiply_integers(-a, -b) == exactly(multiply_integers(a, b))


@points(1)
@given(a=st.integers(2**1000, 2**1001), b=st.integers(2**1000, 2**1001))
def test_method(multiply_integers, a, b):
    """For factors of more than 1000 bits, the product is computed through torch's Fourier transforms."""
    assert multiply_integers.transforms(a, b) != []


@points(1)
@given(p=signals(), q=kernels(), dtype=dtypes())
def test_dtype(multiply_polynomials, p, q, dtype):
    """The product has the polynomials' dtype and is computed in that precision."""
    p, q = p.to(dtype), q.to(dtype)
    assert multiply_polynomials(p, q) == close(convolve(p, q), scale=p.norm() * q.norm())


@points(1)
@given(p=signals(), q=kernels())
def test_purity(multiply_polynomials, p, q):
    """The call doesn't change either polynomial."""
    first, second = multiply_polynomials.inputs_after(p, q)
    assert first == exactly(p)
    assert second == exactly(q)


@points(1)
@given(p=signals(), q=kernels(), weights=signals(min_size=4))
def test_gradient(multiply_polynomials, p, q, weights):
    """Each polynomial's gradient is the incoming gradient cross-correlated with the other polynomial."""
    g = weights.repeat(30)[: len(p) + len(q) - 1]
    dp, dq = multiply_polynomials.vjp(p, q, cotangent=g)
    assert dp == close(cross_correlate(g, q), scale=g.norm() * q.norm())
    assert dq == close(cross_correlate(g, p), scale=g.norm() * p.norm())


@points(1)
@given(p=signals(), q=kernels())
def test_domain(multiply_polynomials, p, q):
    """A polynomial that is empty, or has two axes, raises ValueError."""
    for first, second in ((p[:0], q), (p, q[:0]), (p[None], q), (p, q[None])):
        with pytest.raises(ValueError):
            multiply_polynomials(first, second)


@points(1)
@given(a=st.integers(1, 99), other=st.sampled_from((2.5, 2.0, True)))
def test_domain_types(multiply_integers, a, other):
    """A factor that isn't an int, such as a float or a bool, raises TypeError or ValueError."""
    with pytest.raises((TypeError, ValueError)):
        multiply_integers(other, a)
    with pytest.raises((TypeError, ValueError)):
        multiply_integers(a, other)


@points(1)
def test_large_integers(multiply_integers):
    """The square of B^n - 1 is B^(2n) - 2 B^n + 1, even for 100 000 nines and for 2^20 bits."""
    for base, n in ((10, 10**5), (2, 2**20)):
        assert multiply_integers(base**n - 1, base**n - 1) == exactly(base ** (2 * n) - 2 * base**n + 1)


@points(1)
def test_scale(multiply_polynomials):
    """With k = 2^19, a million ones times 1 - t^k give k ones first and k entries of -1 last."""
    p, gap = torch.ones(2**20), torch.zeros(2**19)
    q = torch.cat((torch.ones(1), gap[1:], -torch.ones(1)))
    ends = torch.cat((p, gap)) - torch.cat((gap, p))
    assert multiply_polynomials(p, q) == close(ends, scale=p.norm() * q.norm())


@points(1)
def test_cost(multiply_polynomials):
    """Doubling the number of coefficients less than triples the number of operations."""
    longer = multiply_polynomials.cost(torch.ones(2**11), torch.ones(2**11))
    assert longer <= 3 * multiply_polynomials.cost(torch.ones(2**10), torch.ones(2**10))
