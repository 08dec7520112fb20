"""Test that the obtained value is shown next to the expected one."""

import pages

from grader.report_model import Array
from grader.reports import comparisons


def shown(*values, **fields):
    return comparisons.sides(pages.case(*values, **fields), 32)


def test_numbers_that_differ_look_different():
    """Figures and tables show enough digits that no wrong entry looks correct."""
    sides = shown(pages.matrix([1.00000012, 2.0]), pages.matrix([1.0, 2.0]), pages.matrix([1.2e-7, 0.0]))
    (left,), (right,) = sides[0].parts, sides[1].parts
    assert left.tables[0].rows == [(0, [("1.00000012", True), ("2", False)])]
    assert right.tables[0].rows == [(0, [("1", False), ("2", False)])]
    assert ">1.00000012</text>" in left.figure.svg


def test_noise_that_is_the_difference_is_shown():
    """Rounding noise is hidden, except where it makes the answer wrong."""
    noisy, clean = [pages.vector([1.0, part], dtype="complex64") for part in (1e-9, 0.0)]
    (left,), (right,) = (
        side.parts for side in shown(noisy, clean, pages.vector([0.0, 1e-9], dtype="complex64"))
    )
    assert "1+1e-09j" in left.figure.svg
    assert "1+0j" in right.figure.svg
    (left,), _ = (side.parts for side in shown(noisy, clean, "dtype"))
    assert "1+0j" in left.figure.svg


def test_what_agrees_may_be_tidied():
    """Entries that agree look the same, without rounding noise; entries that differ look different."""
    noisy = pages.vector([1.0, 1e-9], [2.0, 0.0], dtype="complex64")
    other = pages.vector([1.0, 0.0], [3.0, 0.0], dtype="complex64")
    sides = shown(noisy, other, pages.vector([0.0, 0.0], [-1.0, 0.0], dtype="complex64"))
    assert [side.parts[0].figure.svg.count(">1+0j<") for side in sides] == [1, 1]


def test_a_short_vector_needs_no_table():
    """The sentence contains all numbers of a short vector; matrices and long vectors get a table."""
    assert not shown(pages.vector(1.0), pages.vector(2.0), "x")[0].parts[0].tables
    long = pages.vector(*map(float, range(25)))
    table = shown(long, long, "x")[0].parts[0].tables[0]
    assert table.columns == list(range(25))
    assert table.rows[0][0] is None


def test_what_came_back_alone():
    """Without an expected value, only the result is shown; with neither, there is no figure."""
    assert [side.title for side in shown(pages.vector(1.0))] == ["Your result"]
    assert shown() == []


def test_inputs_that_the_call_shows_are_not_repeated():
    """Arrays that aren't in the call are listed, and those in named tuples get their field's name."""
    case = pages.case(
        call="f(kernel=[1, 2])",
        inputs={"kernel": pages.KERNEL, "x": pages.SIGNAL, "n": 3, "bank": {"w": pages.matrix([1.0])}},
    )
    assert comparisons.inputs(case) == ["x = [3, 4, 5, 6]", "bank.w = [[1]]"]


def test_values_in_one_line():
    """Plain values are shown in Python notation, small arrays as lists, others by type and shape."""
    assert comparisons.listed([3]) == "(3,)"
    assert comparisons.listed([3, [4, 5], "x"]) == "(3, (4, 5), x)"
    assert comparisons.listed(None) == "None"
    assert comparisons.listed(pages.WIDE) == "float32 tensor of shape (3, 40)"
    assert comparisons.listed(Array("float32", [0, 3], [])) == "empty float32 tensor of shape (0, 3)"
