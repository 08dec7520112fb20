"""Properties that count_inversions must have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import exactly, points, submitted
from grader.strategies import as_arrays, signals
from reference.oracles import inversions

count_inversions = submitted("count_inversions")

# Enough that comparing all pairs takes minutes, even a whole row at a time, and a merge a second.
MANY = 2**19


# Other entries than 1, 2, 3, ... shrink further here: every entry can be left out by itself.
LISTED = st.lists(st.integers(-9, 9), min_size=1, max_size=40).map(lambda v: np.array(v, dtype=np.float64))


def arrays(**sizes):
    """Draw float64 arrays of small integers, in which ties are frequent."""
    return as_arrays(signals(**sizes)).map(lambda drawn: drawn.astype(np.float64))


@points(1)
@given(values=arrays())
def test_shape(count_inversions, values):
    """The result is a single int between 0 and the number of pairs, n (n - 1) / 2."""
    assert 0 <= count_inversions(values) <= len(values) * (len(values) - 1) // 2


@points(3)
@given(values=LISTED)
def test_values(count_inversions, values):
    """The result is the number of pairs i < j with v[i] > v[j]."""
    assert count_inversions(values) == exactly(inversions(values))


@points(1)
@given(values=arrays())
def test_ties(count_inversions, values):
    """A sorted array has no inversions, even if some of its values are equal."""
    assert count_inversions(np.sort(values)) == 0


@points(1)
@given(n=st.integers(1, 40), data=st.data())
def test_rotation(count_inversions, n, data):
    """Moving the last k of 0, 1, ..., n - 1 to the front gives exactly k (n - k) inversions."""
    k = data.draw(st.integers(0, n - 1))
    assert count_inversions(np.roll(np.arange(float(n)), k)) == k * (n - k)


@points(1)
@given(order=st.integers(1, 12).flatmap(lambda n: st.permutations(range(n))))
def test_reversal(count_inversions, order):
    """Without ties, each pair is an inversion in either the array or the reversed array."""
    values = np.array(order, dtype=np.float64)
    pairs = len(values) * (len(values) - 1) // 2
    assert count_inversions(values[::-1]) == pairs - inversions(values)


@points(1)
@given(values=arrays())
def test_purity(count_inversions, values):
    """The values are the same after the call."""
    assert count_inversions.inputs_after(values)[0] == exactly(values)


@points(1, hidden=True)
@given(values=arrays())
def test_domain(count_inversions, values):
    """An empty array or an array with two axes raises ValueError."""
    with pytest.raises(ValueError):
        count_inversions(values[:0])
    with pytest.raises(ValueError):
        count_inversions(values[None])


@points(2)
def test_scale(count_inversions):
    """Inversions of half a million reversed or nearly sorted values are counted in time."""
    upwards = np.arange(float(MANY))
    assert count_inversions(upwards[::-1]) == MANY * (MANY - 1) // 2
    assert count_inversions(upwards.reshape(-1, 2)[:, ::-1].ravel()) == MANY // 2
