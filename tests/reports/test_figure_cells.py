"""Test which part of an array a figure shows."""

import math

import pages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report_model import Array
from grader.reports import figure_cells
from grader.reports.figure_cells import Grid


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        (Array("float32", [], 5.0), [5.0]),
        (pages.matrix([1.0, 2.0], [3.0, 4.0]), [1.0, 2.0, 3.0, 4.0]),
        ({"dtype": "float32", "shape": [2], "values": [1.0, None]}, [1.0, None]),
        (pages.vector([1.0, 2.0], dtype="complex64"), [[1.0, 2.0]]),
        (Array("float32", [0, 3], []), []),
        (Array("float32", [9], None), None),
        (Array("float32", [3], [1.0, 2.0]), None),
        (Array("float32", [-1], []), None),
        (pages.vector("<b>"), None),
        (pages.vector([1.0, 2.0]), None),
        ([1, 2], None),
        (None, None),
    ],
)
def test_the_entries_of_a_value(value, entries):
    """Entries are returned only if all are present and fit the array's shape."""
    found = figure_cells.grid(value)
    assert (found.entries if found else None) == entries


@pytest.mark.parametrize(
    ("entry", "tint"),
    [(0.0, "z"), (10.0, "p5"), (-10.0, "n5"), (0.1, "p1"), (-4.1, "n3"), (True, "p1"), ([0.0, -10.0], "p5"),
     (None, "u"), (math.nan, "u"), (-math.inf, "u"), ([1.0, None], "u"), (10**400, "u")],
)  # fmt: skip
def test_the_colour_of_an_entry(entry, tint):
    """Negative, zero, positive and non-finite entries differ in colour, with five shades for size."""
    assert figure_cells.tint(entry, 10.0) == tint


@given(
    shape=st.lists(st.integers(1, 7), max_size=4),
    wrong=st.integers(0, 10**4),
    side=st.integers(1, 5),
)
def test_the_first_wrong_cell_is_drawn(shape, wrong, side):
    """At any size, the drawn part contains the first wrong cell, and no cell twice."""
    size = math.prod(shape)
    whole = Grid("float32", tuple(shape), [0.0] * size)
    found = figure_cells.sheets(whole, [place == wrong % size for place in range(size)], side)
    places = [place for sheet in found for row in sheet.places for place in row]
    assert wrong % size in places
    assert len(places) == len(set(places))
    assert all(len(sheet.places) <= side and len(sheet.places[0]) <= 2 * side for sheet in found)
    assert bool(figure_cells.left_out(whole, found)) == (len(places) < size)


def test_a_sheet_knows_where_it_stands():
    """Axis numbers refer to the whole array, even if only part of it is drawn."""
    whole = figure_cells.grid(pages.WIDE)
    sheet = figure_cells.sheets(whole, [place == 77 for place in range(120)], 4)[0]
    assert (sheet.top, sheet.left, len(sheet.places), len(sheet.places[0])) == (0, 35, 3, 4)
    assert figure_cells.index(whole, 77) == "[1, 37]"
    assert figure_cells.left_out(whole, [sheet]) == "12 of 120 entries are drawn."


def test_a_tuple_is_taken_apart():
    """Arrays in (named) tuples are shown one by one with names; tuples without arrays stay whole."""
    value = [pages.vector(1.0), {"taps": pages.vector(2.0), "n": 3}]
    assert [name for name, _ in figure_cells.parts(value)] == ["[0]", "[1].taps", "[1].n"]
    assert list(figure_cells.parts([1, 2])) == [("", [1, 2])]


def test_rounding_leaves_no_noise():
    """A part of a complex number that is only rounding error becomes 0; real numbers don't change."""
    noisy = Grid("complex64", (1,), [[1.0, -1e-9]])
    assert figure_cells.tidied(noisy, 1.0).entries == [[1.0, 0.0]]
    assert figure_cells.tidied(Grid("float32", (1,), [1e-9]), 1.0).entries == [1e-9]
