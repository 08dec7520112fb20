"""Write the window with the wrong value as a readable sum."""

import pytest

from grader.report_model import Factor, Term, Window
from grader.reports import sum_text


def term(*factors, times=1.0):
    return Term(times, [Factor(name, at, value) for name, at, value in factors])


def window(*terms, at=(1,), obtained=7.0, expected=8.0):
    return Window(list(at), obtained, expected, list(terms))


FIRST = term(("kernel", [0], 1.0), ("x", [1], 2.0))
SECOND = term(("kernel", [1], 2.0), ("x", [2], 3.0))


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            window(FIRST, SECOND),
            "cell [1] = kernel[0]·x[1] + kernel[1]·x[2] = 1·2 + 2·3 = 8, your result: 7",
        ),
        (
            window(term(("kernel", [0, 1], 1.0)), at=(0, 2), expected=1.0),
            "cell [0, 2] = kernel[0, 1] = 1, your result: 7",
        ),
        (
            window(term(("h", [0], -1.0), ("x", [1], 2.0)), FIRST, expected=0.0),
            "cell [1] = h[0]·x[1] + kernel[0]·x[1] = (-1)·2 + 1·2 = 0, your result: 7",
        ),
        (
            window(term(("x", [0], 3.0), times=2.0), term(("x", [1], 4.0), times=-1.0), expected=2.0),
            "cell [1] = 2·x[0] - x[1] = 2·3 - 4 = 2, your result: 7",
        ),
        (
            window(term(("x", [0], 3.0), times=-1.0), expected=-3.0, obtained=None),
            "cell [1] = -x[0] = -3, your result: nan",
        ),
        (window(at=(), expected=0.0), "the entry = 0, your result: 7"),
        (
            window(term(("s", [], 3.0)), expected=3.0, obtained=3.0000001),
            "cell [1] = s = 3, your result: 3.0000001",
        ),
    ],
)
def test_a_cell_is_its_sum(given, text):
    """A cell shows its factors' names and numbers and its expected and obtained values, each once."""
    assert sum_text.sentence(given) == text


def test_a_long_sum_is_cut():
    """At most nine products are written out."""
    text = sum_text.sentence(window(*[FIRST] * 12))
    assert text.count("kernel[0]·x[1]") == 9
    assert text.count(" + ...") == 2


def test_lines_end_before_a_sign():
    """A line never breaks inside a product; the next line begins with the operator."""
    assert sum_text.lines(window(FIRST, SECOND), 40) == [
        "cell [1] = kernel[0]·x[1]",
        "  + kernel[1]·x[2] = 1·2 + 2·3",
        "  = 8, your result: 7",
    ]
    assert sum_text.lines(window(FIRST, SECOND), 100) == [sum_text.sentence(window(FIRST, SECOND))]
