"""Test equality with a computed tolerance."""

import math

import numpy as np
import pytest
import torch

from grader import close, exactly
from grader.runner.answer_equality import same
from grader.sandbox.wire import Returned


def test_equal_tensors():
    """A tensor is close to itself and exactly equal to itself."""
    x = torch.tensor([1.0, 2.0])
    assert x == close(x)
    assert x == exactly(x)
    assert close(x) == x


@pytest.mark.parametrize(
    ("obtained", "reason"),
    [
        (None, "None instead of a tensor"),
        (1.0, "a float instead of a tensor"),
        (np.ones(2, np.float32), "a NumPy array instead of a tensor"),
        (torch.ones(3), "shape (3,) instead of (2,)"),
        (torch.ones(()), "shape () instead of (2,)"),
        (torch.ones(1, 2), "shape (1, 2) instead of (2,)"),
        (torch.ones(2, dtype=torch.float64), "dtype float64 instead of float32"),
        (torch.ones(2) * 2, "2 of 2 entries differ"),
        (torch.tensor([1.0, math.nan]), "1 of 2 entries differ"),
        (torch.tensor([1.0, math.inf]), "1 of 2 entries differ"),
        (torch.zeros(2), "2 of 2 entries differ"),
    ],
)
@pytest.mark.parametrize("comparison", [close, exactly])
def test_kind_shape_dtype_and_entries(obtained, reason, comparison):
    """The first difference in kind, shape, dtype or entries is named; NaN is close to nothing."""
    expected = comparison(torch.ones(2))
    assert not obtained == expected
    assert expected.difference(obtained).reason == reason


def test_rounding_is_close_but_not_exact():
    """An error of a few units in the last place is close, but not exact."""
    x = torch.tensor([1.0, 100.0])
    y = x * (1 + 2e-7)
    assert y == close(x)
    assert not y == exactly(x)


def test_the_scale_widens_the_tolerance():
    """The scale gives the size of the summands, which may be larger than the sum."""
    x = torch.tensor([1e-4])
    assert not x + 1e-4 == close(x)
    assert x + 1e-4 == close(x, scale=1000.0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.complex64, torch.complex128])
@pytest.mark.parametrize("size", [8, 1024])
def test_an_fft_is_within_its_bound_and_zeros_are_not(dtype, size):
    """The error of a transform is below eps log2(N) |x| |h| with some margin, but zeros never pass."""
    generator = torch.Generator().manual_seed(1)
    x, h = (torch.randint(-9, 10, (size,), generator=generator).to(dtype) for _ in range(2))
    exact = torch.fft.ifft(torch.fft.fft(x.to(torch.complex128)) * torch.fft.fft(h.to(torch.complex128)))
    computed = torch.fft.ifft(torch.fft.fft(x) * torch.fft.fft(h))
    exact, computed = (y if dtype.is_complex else y.real for y in (exact, computed))
    expected = close(exact.to(dtype), scale=x.norm().item() * h.norm().item())
    assert computed.to(dtype) == expected
    assert not torch.zeros_like(computed).to(dtype) == expected
    assert not computed.to(dtype) + 1 == expected


def test_integers_and_booleans_are_exact():
    """Integers and booleans have no rounding."""
    assert torch.tensor([1, 2]) == close(torch.tensor([1, 2]))
    assert not torch.tensor([1, 3]) == close(torch.tensor([1, 2]))
    assert not torch.tensor([True]) == close(torch.tensor([False]))


def test_nothing_equals_nothing_proves_nothing():
    """A comparison without entries is invalid."""
    empty = torch.zeros(0, 3)
    assert not empty == exactly(empty)
    assert (
        exactly(empty).difference(empty).reason
        == "Your result is too small for this test: both sides are empty, of shape (0, 3)."
    )


def test_equal_infinities():
    """An expected infinity equals an infinity."""
    assert torch.tensor([math.inf]) == close(torch.tensor([math.inf]))


def test_numbers_tuples_and_flags():
    """Other values are compared by kind and value: 1 is neither True nor 1.0."""
    assert (96, 5) == exactly((96, 5))
    assert not 1 == exactly(True)
    assert not 1.0 == exactly(1)
    assert 0.1 + 0.2 == close(0.3)
    assert not 0.1 + 0.2 == exactly(0.3)
    assert not torch.tensor(1) == exactly(1)


def test_it_reads_as_it_was_written():
    """An expected value is shown as the call that created it."""
    assert repr(close(3)) == "close(3)"
    assert repr(exactly((1, 2))) == "exactly((1, 2))"


@pytest.mark.parametrize(
    ("obtained", "same"),
    [
        (np.array([1.0, 2.0]), True),
        (np.array([1.0, 2.5]), False),
        (np.array([1.0, 2.0], dtype=np.float32), False),
        (np.array([1.0]), False),
        (torch.tensor([1.0, 2.0], dtype=torch.float64), False),
        ([1.0, 2.0], False),
    ],
)
def test_numpy_arrays_compare_as_tensors_do(obtained, same):
    """Kind, dtype, shape and entries must agree, up to rounding."""
    assert (obtained == close(np.array([1.0, 2.0]))) is same
    assert close(np.array([0.1 + 0.2])).difference(np.array([0.3])) is None
    assert exactly(np.array(["a", "b"])).difference(np.array(["a", "c"])) is not None


def test_integers_are_compared_as_integers():
    """The smallest integer has no absolute value, and its distance from another may overflow."""
    smallest = torch.tensor([-(2**63)])
    assert not torch.tensor([0]) == close(smallest)
    assert not smallest == exactly(torch.tensor([0]))
    assert not smallest == exactly(torch.tensor([2**63 - 1]))
    assert smallest == exactly(smallest)


def test_beside_an_infinity_nothing_is_close_to_everything():
    """The size of an infinity doesn't widen the tolerance of finite entries."""
    one = torch.tensor([math.inf, 1.0])
    assert not torch.tensor([math.inf, 99.0]) == close(one)
    assert torch.tensor([math.inf, 1.0 + 1e-7]) == close(one)
    assert not torch.tensor([5.0, 1.0]) == close(one)
    assert not torch.tensor([1.0, 99.0]) == close(torch.ones(2), scale=math.inf)
    assert not torch.tensor([1.0, 99.0]) == close(torch.ones(2), scale=math.nan)


def test_complex_numbers_without_a_size():
    """Numbers with an overflowing magnitude can be compared without an error."""
    huge = complex(1e308, 1e308)
    assert huge * 1.5 != close(huge)
    assert huge == close(huge)
    assert not close(complex(math.inf, 0)) == complex(1, 0)


@pytest.mark.parametrize("loosely", [False, True])
def test_answers_beside_an_infinity_are_told_apart(loosely):
    """Two answers agree if their infinities are equal and their finite entries agree."""

    def agree(one, other):
        return same(Returned(torch.tensor(one)), Returned(torch.tensor(other)), loosely=loosely)

    assert agree([math.inf, 1.0], [math.inf, 1.0 + 1e-7])
    assert not agree([math.inf, 99.0], [math.inf, 1.0])
    assert not agree([math.inf, 1.0], [-math.inf, 1.0])
    assert not agree([math.inf, 1.0], [5.0, 1.0])
    assert agree([math.inf, math.nan], [math.inf, math.nan])
    assert not agree([math.inf, math.nan], [math.nan, math.inf])
