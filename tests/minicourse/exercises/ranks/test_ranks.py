"""Properties that ranks must have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import exactly, points, submitted
from grader.strategies import as_arrays, signals
from reference.oracles import mean_ranks

ranks = submitted("ranks")


# Other entries than 1, 2, 3, ... shrink further here: every entry can be left out by itself.
LISTED = st.lists(st.integers(-9, 9), min_size=1, max_size=40).map(lambda v: np.array(v, dtype=np.float64))


def arrays(**sizes):
    """Draw float64 arrays of small integers, in which ties are frequent."""
    return as_arrays(signals(**sizes)).map(lambda drawn: drawn.astype(np.float64))


@points(1)
@given(values=arrays(min_size=0))
def test_shape(ranks, values):
    """The result has one rank for each value; for an empty array it is empty."""
    assert ranks(values).shape == values.shape


@points(3)
@given(values=LISTED)
def test_values(ranks, values):
    """A rank is 1 plus the number of smaller values plus half the number of other equal values."""
    assert ranks(values) == exactly(mean_ranks(values))


@points(1)
@given(n=st.integers(1, 9), value=st.integers(-9, 9))
def test_ties(ranks, n, value):
    """If all n values are equal, each has the middle rank (n + 1) / 2."""
    assert ranks(np.full(n, float(value))) == exactly(np.full(n, (n + 1) / 2))


@points(1)
@given(values=arrays())
def test_total(ranks, values):
    """The ranks of n values add up to n (n + 1) / 2, with or without ties."""
    n = len(values)
    assert float(ranks(values).sum()) == n * (n + 1) / 2


@points(1)
@given(values=arrays())
def test_reversal(ranks, values):
    """Changing the sign of all values turns rank r into n + 1 - r."""
    assert ranks(-values) == exactly(len(values) + 1 - mean_ranks(values))


@points(2)
@given(values=arrays())
def test_order_alone(ranks, values):
    """Only the order matters: v^3 / 4 has the same ranks as v."""
    assert ranks(values**3 / 4) == exactly(mean_ranks(values))


@points(1)
@given(values=arrays())
def test_purity(ranks, values):
    """The values are the same after the call."""
    assert ranks.inputs_after(values)[0] == exactly(values)


@points(1, hidden=True)
@given(values=arrays())
def test_domain(ranks, values):
    """An array with no axes or with two axes raises ValueError."""
    with pytest.raises(ValueError):
        ranks(values[None])
    with pytest.raises(ValueError):
        ranks(np.array(values[0]))
