"""The case that is kept for a known mistake shows it to a class and tells nothing about a learner."""

import msgspec
import pages
import pytest

from grader.report_model import Array
from grader.reports import mistake_cases

ARRAY = pages.vector(1.0, 2.0)


def failed(*values, hidden=False, **fields):
    return pages.law(
        "values", "not met", hidden=hidden, counterexample=pages.case(*values or [ARRAY] * 3, **fields)
    )


def test_a_line_of_the_file_is_left_out():
    """The case has no line or cell, because they belong to one learner's file."""
    found = failed(line=7)
    in_cell = msgspec.structs.replace(found.counterexample, cell=3)
    kept = mistake_cases.anonymous(msgspec.structs.replace(found, counterexample=in_cell))
    assert (kept.line, kept.cell, kept.obtained) == (None, None, ARRAY)


@pytest.mark.parametrize(
    "test",
    [
        failed(hidden=True),
        failed("by Ada", ARRAY, "a text"),
        failed([ARRAY, "by Ada"], ARRAY, "a pair"),
        failed({"ada": ARRAY}, ARRAY, "names"),
        failed(inputs={"x": Array("float32", [5, 13], None)}),
        failed(Array("float32", [65], [0.0] * 65), ARRAY, "shape"),
        failed([1.0] * 65, ARRAY, "a list"),
        pages.law("values", "not met"),
    ],
)
def test_what_stays_private_or_is_too_large(test):
    """A hidden test, a text in the result, an array of more than 64 entries, or no case: nothing is kept."""
    assert mistake_cases.anonymous(test) is None


def test_64_entries_are_kept():
    """An array of 64 entries is still small enough."""
    assert mistake_cases.anonymous(failed(inputs={"x": Array("float32", [8, 8], [[0.0] * 8] * 8)}))


def test_a_drawing_comes_before_a_smaller_case():
    """A case with two arrays to compare comes before one without them, and then the smaller one."""
    small, large = {"x": pages.vector(1.0)}, {"x": [ARRAY, 3], "y": {"z": pages.matrix([1.0, 2.0])}}
    cases = [
        pages.case(ARRAY, ARRAY, ARRAY, inputs=small),
        pages.case(ARRAY, ARRAY, ARRAY, inputs=large),
        pages.case([2, 2], [1, 2], "shape", inputs=small),
        pages.case(ARRAY, None, None, inputs=large),
    ]
    assert [mistake_cases.rank(one) for one in cases] == [(False, 1), (False, 5), (True, 1), (True, 5)]
