"""Test how times, memory and speeds are written."""

import pytest

from grader.reports import measure_units


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1.23e-5, "12.3 us"),
        (4.5e-3, "4.5 ms"),
        (9.5e-7, "950 ns"),
        (3e-11, "0.03 ns"),
        (2.0, "2 s"),
        (1234.5, "1230 s"),
        (999.6e-6, "1 ms"),
        (999.4e-6, "999 us"),
        (1e-6, "1 us"),
        (0.0, "0 ns"),
    ],
)
def test_a_time_has_three_digits_and_a_unit(seconds, words):
    """The unit suits the rounded time."""
    assert measure_units.time(seconds) == words


@pytest.mark.parametrize(
    ("held", "words"),
    [(512, "510 bytes"), (8, "8 bytes"), (1000, "1 kB"), (67108864, "67 MB"), (2.04e9, "2 GB")],
)
def test_memory_has_two_digits_and_a_unit(held, words):
    """Memory is written in powers of 1000."""
    assert measure_units.memory(held) == words


@pytest.mark.parametrize(
    ("per_second", "words"),
    [
        (8e8, "0.8 GFLOP/s"),
        (1e8, "0.1 GFLOP/s"),
        (6.2e5, "0.62 MFLOP/s"),
        (5e7, "50 MFLOP/s"),
        (3e12, "3000 GFLOP/s"),
    ],
)
def test_a_speed_is_mostly_in_gigaflops(per_second, words):
    """From 0.1 GFLOP/s on, speeds of functions have the same unit, so they can be compared."""
    assert measure_units.flops(per_second) == words


@pytest.mark.parametrize(
    ("tick", "words"), [(20, "20"), (1000.0, "1000"), (1e4, "10^4"), (1e6, "10^6"), (20000.0, "20000")]
)
def test_a_large_power_of_ten_is_written_as_a_power(tick, words):
    """Labels of an axis stay short."""
    assert measure_units.size(tick) == words
