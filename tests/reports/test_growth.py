"""Test what a measurement's points show. The times follow exact formulas."""

import math

import pytest
from measurements import LONG, SIZES, contender, measurement, points, yours

from grader.measure_model import MeasuredPoint
from grader.reports import growth
from grader.reports.growth import Crossover, EquallyFast

SQUARE, LINE = (lambda n: 1e-9 * n * n), (lambda n: 1e-6 * n)
OPERATIONS = {n: 2.0 * n * 9 for n in SIZES}


@pytest.mark.parametrize("power", [0, 0.5, 1, 1.5, 2, 3])
def test_the_exponent_of_a_power(power):
    """Times that are a power of n have its exponent."""
    assert growth.exponent(points(lambda n: 1e-6 * n**power)) == pytest.approx(power)


def test_n_log_n_is_slightly_more_than_linear():
    """The logarithm appears as a small addition to the exponent."""
    assert growth.exponent(points(lambda n: 1e-6 * n * math.log2(n))) == pytest.approx(1.17, abs=0.01)


def test_only_the_upper_half_counts():
    """The fixed cost of a call, which small sizes show, doesn't change the exponent."""
    found = points(lambda n: 1e-3 if n < 128 else 1e-6 * n * n)
    assert growth.exponent(found) == pytest.approx(2)


@pytest.mark.parametrize(("count", "power"), [(0, None), (1, None), (2, None), (3, 2), (4, 2)])
def test_a_slope_needs_three_points(count, power):
    """With fewer points there is no exponent; with four, the upper three count."""
    found = growth.exponent(points(SQUARE, SIZES[:count]))
    assert found == (power if power is None else pytest.approx(power))


def test_sizes_that_hardly_grow_have_no_slope():
    """Within a factor of two, the scatter would decide the exponent."""
    assert growth.exponent(points(SQUARE, [100, 110, 120])) is None


def test_the_exponent_of_memory():
    """Points without known memory don't count."""
    found = [*points(LINE, [1, 2]), *points(LINE, held=lambda n: 4 * n)]
    assert growth.exponent(found, "held") == pytest.approx(1)
    assert growth.exponent(points(LINE), "held") is None


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        ((1.0, 0.1), (1.09, 0.1), True),
        ((1.0, 0.1), (1.12, 0.1), False),
        ((1.0, 0.0), (1.0, 0.0), True),
        ((1.0, 0.0), (1.001, 0.0), False),
        ((1.0, 2.0), (1.9, 0.0), True),
    ],
)
def test_equal_within_the_spread(one, other, is_equal):
    """Two times are equal if their interquartile intervals overlap, in either order."""
    first, second = (MeasuredPoint(8, seconds, spread, 9) for seconds, spread in (one, other))
    assert growth.equal(first, second) is growth.equal(second, first) is is_equal


def test_where_two_lines_cross():
    """n^2 ns and 200 n ns cross at n = 200, between two sizes."""
    found = measurement(contender("slow start", lambda n: 2e-7 * n), yours(SQUARE))
    assert growth.crossovers(found) == [Crossover(200, "slow start", "yours")]


def test_a_crossing_has_two_digits():
    """The crossing at 617 is told as 620: more digits would be noise."""
    found = measurement(yours(SQUARE), contender("other", lambda n: 6.17e-7 * n))
    assert growth.crossovers(found)[0].size == 620


def test_one_that_is_always_faster_crosses_nothing():
    """Without a size where the other one is as fast, there is no crossover."""
    assert growth.crossovers(measurement(yours(LINE), contender("other", lambda n: 2e-6 * n))) == []


def test_within_the_spread_nobody_is_faster():
    """Medians that cross by less than their spread are equal."""
    close = contender("other", lambda n: 1e-6 * n * (0.99 if n > 100 else 1.01))
    assert growth.crossovers(measurement(yours(LINE), close)) == []


def test_a_lead_starts_where_the_spreads_part():
    """Without crossing medians, the first size without an overlap counts."""
    parting = contender("other", lambda n: 1e-6 * n * (0.8 if n > 200 else 0.99))
    assert growth.crossovers(measurement(yours(LINE), parting)) == [Crossover(260, "other", "yours")]


def test_the_last_crossing_counts():
    """Lines that cross three times are told from the last crossing on."""
    winding = contender("other", lambda n: 1e-6 * n * {32: 0.5, 64: 2, 128: 2}.get(n, 0.5 if n > 16 else 2))
    assert growth.crossovers(measurement(yours(LINE), winding)) == [Crossover(180, "other", "yours")]


def test_only_common_sizes_are_compared():
    """If one stopped before the lines cross, nothing is said about larger sizes."""
    crossing = contender("other", lambda n: 2e-7 * n)
    assert growth.crossovers(measurement(yours(SQUARE, SIZES[:3]), crossing)) == []
    assert growth.crossovers(measurement(yours(SQUARE, []), crossing)) == []


def test_a_time_of_zero_is_left_out():
    """A clock that is too coarse gives no ratio."""
    found = measurement(yours(lambda n: 0.0 if n < 64 else SQUARE(n)), contender("other", lambda n: 2e-7 * n))
    assert growth.crossovers(found) == [Crossover(200, "other", "yours")]
    assert growth.exponent(points(lambda n: 0.0)) is None


def test_pairs_with_yours_come_first():
    """A learner's first question is about their own function."""
    found = measurement(contender("a", SQUARE), contender("b", lambda n: 2e-7 * n), yours(lambda n: 9e-5))
    assert [(one.faster, one.slower) for one in growth.crossovers(found)] == [
        ("yours", "a"),
        ("yours", "b"),
        ("b", "a"),
    ]


def test_equally_fast_at_each_size():
    """Who differs by less than the spread at all sizes is as fast as yours. Others aren't compared."""
    same = [contender(name, lambda n: 1.01e-6 * n) for name in "ab"]
    assert growth.equally_fast(measurement(*same, yours(LINE))) == [
        EquallyFast(None, "yours", "a"),
        EquallyFast(None, "yours", "b"),
    ]


@pytest.mark.parametrize(("last_difference", "start"), [(16, 32), (128, 256), (256, None)])
def test_equally_fast_from_a_size_on(last_difference, start):
    """The difference at small sizes is left behind, if three or more sizes without one follow."""
    other = contender("other", lambda n: 1e-6 * n + (1e-3 if n <= last_difference else 0))
    found = growth.equally_fast(measurement(yours(LINE), other))
    assert found == ([EquallyFast(start, "yours", "other")] if start else [])


def test_noise_makes_nobody_equal():
    """Times that scatter by 80 % overlap, but that is no sign of equality."""
    noisy = contender("noisy", lambda n: 1.2e-6 * n, spread=0.8)
    assert growth.equally_fast(measurement(yours(LINE), noisy)) == []


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (lambda n: 16 * n * n, "holds 16 n^2 bytes"),
        (lambda n: 4 * n, "holds 4 n bytes"),
        (lambda n: round(2.5 * n**1.5), "holds 2.5 n^1.5 bytes"),
        (lambda n: 4 * n + 100, "holds 4.1 n bytes"),
        (lambda n: 8 * n**3, "holds 8.6 GB at n = 1024"),
        (lambda n: round(4 * n**1.25), "holds 23 kB at n = 1024"),
        (lambda n: 4096, "holds 4.1 kB at n = 1024"),
        (lambda n: 4 * n * (2 if n == 512 else 1), "holds 4.1 kB at n = 1024"),
        (lambda n: None, None),
    ],
)
def test_memory_as_a_formula(held, words):
    """Memory that follows a simple power is a formula; other memory is told at the largest size."""
    assert growth.memory_formula(points(LINE, held=held)) == words


def test_memory_of_two_points():
    """Two points are no law, and over a small range the exponent decides."""
    assert growth.memory_formula(points(LINE, [8, 16], held=lambda n: n)) == "holds 16 bytes at n = 16"
    near = points(LINE, [16, 32, 64], held=lambda n: round(100 * n**1.18))
    assert growth.memory_formula(near) == "holds 14 kB at n = 64"


@pytest.mark.parametrize(("power", "words"), [(1.04, "n"), (1.949, "n^1.9"), (1.96, "n^2"), (0.5, "n^0.5")])
def test_a_power_has_one_decimal(power, words):
    """n^1.0 is n."""
    assert growth.raised(power) == words


def test_the_speed_at_the_largest_known_size():
    """Operations divided by seconds, at the largest size with a number of operations."""
    one = contender("one", lambda n: 1e-6 * n)
    assert growth.speed(one, {512: 512e3, 256: 1.0}) == "1 GFLOP/s at n = 512"
    assert growth.speed(one, {}) is None
    assert growth.speed(contender("none", LINE, []), {512: 1.0}) is None


@pytest.mark.parametrize(("wide", "is_noisy"), [(0, False), (1, False), (2, True), (4, True)])
def test_half_of_the_points_make_noise(wide, is_noisy):
    """One disturbed point of four is an accident; two are a busy machine."""
    found = [MeasuredPoint(n, 1e-6, 0.31 if n < wide else 0.3, 9) for n in range(4)]
    words = "spread over 30 %: run again on a quiet machine" if is_noisy else ""
    assert growth.noisy(contender("one", LINE, points=found)) == words
    assert growth.noisy(contender("one", LINE, [])) == ""


@pytest.mark.parametrize(
    ("seconds", "loops", "words"),
    [
        (lambda n: 4e-6 * n, 1, "a loop in Python: the time is 4 us times n, whatever n is"),
        (lambda n: 4e-6 * n * n, 2, "a loop in Python: the time is 4 us times n^2, whatever n is"),
        (
            lambda n: 3e-7 * n * 9,
            2,
            "a loop in Python: each multiplication and addition costs 300 ns, whatever n is",
        ),
        (lambda n: 12e-6, 0, "the time hardly depends on n: what you see is the cost of calling torch"),
        # Too quick or too slow for a step in Python, or no loop, or a growing step, or more than a call.
        (lambda n: 4e-9 * n, 1, ""),
        (lambda n: 4e-3 * n, 1, ""),
        (lambda n: 4e-6 * n, 0, ""),
        (lambda n: 4e-6 * n**1.3, 1, ""),
        (lambda n: 12e-6, 1, ""),
        (lambda n: 12e-3, 0, ""),
    ],
)
def test_advice_for_known_shapes(seconds, loops, words):
    """A loop in Python and the cost of a call are recognised; for other shapes nothing is said."""
    assert growth.advice(contender("one", seconds, loops=loops), OPERATIONS) == words


def test_no_advice_from_two_points():
    """Two points have no shape, nor do sizes that hardly differ."""
    assert growth.advice(contender("one", lambda n: 12e-6, [16, 1024]), {}) == ""
    assert growth.advice(contender("one", lambda n: 12e-6, [100, 110, 120]), {}) == ""


def test_without_operations_a_loop_is_told_only_by_its_depth():
    """No formula for the operations, no claim about one of them."""
    assert growth.advice(contender("one", lambda n: 3e-7 * n * 9, LONG, loops=2), {}) == ""
