"""Tests of how many multiplications three convolution methods take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import exactly, points, submitted
from grader.strategies import lengths
from reference.formulas.structure import METHODS, cheapest, products

multiplications = submitted("multiplications")
fastest_method = submitted("fastest_method")

methods = st.sampled_from(METHODS)
ties = st.sampled_from([(1, 1), (1, 6), (104, 128), (128, 104), (256, 116), (128, 512)])


@points(1)
@given(n=lengths(1, 8), k=lengths(1, 6), method=methods)
def test_shape(multiplications, n, k, method):
    """The count is an int, with at least one multiplication for each of the n + k - 1 outputs."""
    assert multiplications(n, k, method) >= n + k - 1


@points(4)
@given(n=lengths(1, 8, beyond=300), k=lengths(1, 6, beyond=300), method=methods)
def test_values(multiplications, n, k, method):
    """The count is the number of multiplications that the method takes."""
    assert multiplications(n, k, method) == exactly(products(n, k, method))


@points(1)
@given(method=methods)
def test_one_sample(multiplications, method):
    """One sample and one tap take one multiplication; with the FFT it is complex and counts as 4."""
    assert multiplications(1, 1, method) == exactly(4 if method == "fft" else 1)


@points(1)
@given(k=lengths(1, 5), power=lengths(3, 6), spare=lengths(1, 3))
def test_power_of_two(multiplications, k, power, spare):
    """The transforms cost the same for all lengths that are padded to the same power of two."""
    n = 2**power + 1 - k
    assert multiplications(n - spare, k, "fft") == exactly(multiplications(n, k, "fft"))


@points(1)
@given(n=lengths(1, 8), k=lengths(1, 8), method=st.sampled_from(["direct", "fft"]))
def test_symmetry(multiplications, n, k, method):
    """The counts of the direct method and the FFT don't change if you swap the signal and the kernel."""
    assert multiplications(n, k, method) == exactly(multiplications(k, n, method))


@points(1)
@given(n=lengths(1, 8), k=lengths(1, 6))
def test_zeros_of_the_matrix(multiplications, n, k):
    """The matrix method takes n (n - 1) more multiplications than the direct one, due to its zeros."""
    direct = multiplications(n, k, "direct")
    assert multiplications(n, k, "toeplitz") == exactly(direct + n * (n - 1))


@points(2)
@given(power=lengths(50, 100))
def test_large(multiplications, power):
    """Even the largest counts are exact; a float can't tell 2^p + 1 from 2^p."""
    n, k = 2**power + 1, 2**power - 1
    assert multiplications(n, k, "direct") == exactly(4**power - 1)
    assert multiplications(n, 1, "fft") == exactly(2 ** (power + 1) * (6 * power + 10))


@points(3)
@given(n=lengths(1, 8, beyond=600), k=lengths(1, 8, beyond=600))
def test_fastest(fastest_method, n, k):
    """The result is the name of the method that takes the fewest multiplications."""
    assert fastest_method(n, k) == exactly(cheapest(n, k))


@points(1)
@given(power=lengths(7, 40), k=lengths(1, 5))
def test_crossover(fastest_method, power, k):
    """The direct method is fastest for a small kernel, but not for a kernel as long as the signal."""
    assert fastest_method(2**power, k) == exactly("direct")
    assert fastest_method(2**power, 2**power) == exactly("fft")


@points(1)
@given(tie=ties)
def test_ties(fastest_method, tie):
    """If several methods tie, the result is the first of them in the order direct, toeplitz, fft."""
    assert fastest_method(*tie) == exactly("direct")


@points(1)
@given(n=lengths(1, 4), below=lengths(0, 2), method=methods)
def test_domain(multiplications, fastest_method, n, below, method):
    """An n or k below 1 raises ValueError in both functions."""
    for lengths_ in ((-below, n), (n, -below)):
        with pytest.raises(ValueError):
            multiplications(*lengths_, method)
        with pytest.raises(ValueError):
            fastest_method(*lengths_)


@points(1)
@given(n=lengths(1, 4), k=lengths(1, 4), name=st.sampled_from(["matrix", "FFT", "Direct", "toeplitz ", ""]))
def test_domain_method(multiplications, n, k, name):
    """A method that isn't one of the three raises ValueError."""
    with pytest.raises(ValueError):
        multiplications(n, k, name)
