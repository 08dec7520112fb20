"""Test logarithmic axes."""

import pytest

from grader.reports.log_axis import LogAxis


def test_equal_factors_are_equal_distances():
    """From 10 to 100 is as far as from 100 to 1000, and both ends lie inside."""
    axis = LogAxis.around([10, 1000])
    low, middle, high = axis.share(10), axis.share(100), axis.share(1000)
    assert middle == pytest.approx(0.5)
    assert high - middle == pytest.approx(middle - low)
    assert 0 < low < high < 1


def test_a_value_outside_lies_at_the_end():
    """An error bar that leaves the axis ends there."""
    axis = LogAxis.around([10, 1000])
    assert axis.share(1e-9) == 0
    assert axis.share(1e9) == 1


def test_a_single_value_lies_in_the_middle():
    """The axis around one value is a decade long, so it has labels."""
    axis = LogAxis.around([64])
    assert axis.share(64) == pytest.approx(0.5)
    assert axis.ticks(5) == [20, 50, 100, 200]


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (16, 65536, 6, [100, 1000, 10000]),
        (16, 65536, 2, [100, 10000]),
        (16, 1024, 6, [20, 50, 100, 200, 500, 1000]),
        (16, 1024, 5, [100, 1000]),
        (1e-6, 1.0, 4, [1e-6, 1e-4, 1e-2, 1.0]),
    ],
)
def test_labels_are_round_and_few(low, high, most, ticks):
    """Powers of ten get labels; on a short axis also their doubles and fives; on a long one every second."""
    assert LogAxis.around([low, high]).ticks(most) == pytest.approx(ticks)
