"""Test drawing the kernel's footprint over the signal."""

import pages
import pytest

from grader.report_model import Window
from grader.reports import kernel_overlay

INPUTS = {"kernel": pages.KERNEL, "x": pages.SIGNAL}


def framed(*terms, inputs=INPUTS):
    """Read the framed cells from the description of a sum's figure."""
    found = kernel_overlay.footprint(pages.case(inputs=inputs, window=Window([0], 1.0, 2.0, list(terms))), 32)
    return found and found.figure.svg.split("framed: ")[1].split('."')[0]


def test_the_kernel_lies_over_the_larger_input():
    """The signal is drawn with each tap at the entry that it multiplies."""
    found = kernel_overlay.footprint(pages.case(inputs=INPUTS, window=pages.SLIDING), 32)
    assert found.name == "x"
    assert 'aria-label="x, of shape (4,); framed: x[1] × 1, x[2] × 2."' in found.figure.svg


def test_the_footprint_on_an_image():
    """In two dimensions the framed cells are those under the taps."""
    inputs = {"x": pages.IMAGE, "w": pages.matrix([2.0, 3.0])}
    assert framed(*pages.PATCH.terms, inputs=inputs) == "x[0, 1] × 2, x[1, 1] × 3"


def test_an_entry_that_is_added_twice():
    """Entries that are subtracted or added repeatedly are marked, and negatives get parentheses."""
    assert framed(pages.term(("x", [0], 3), times=2.0), pages.term(("x", [1], 4), times=-1.0)) == (
        "x[0] × 2, x[1] × (-1)"
    )
    assert framed(pages.term(("kernel", [0], -2), ("x", [1], 4), times=3.0)) == "x[1] × 3·(-2)"


def test_two_products_with_one_entry():
    """An entry that is used twice shows both taps."""
    assert framed(*[pages.term(("kernel", [j], j + 1), ("x", [0], 3)) for j in range(2)]) == "x[0] × 1, × 2"


def test_sums_without_a_picture():
    """Nothing is drawn if the sum or its inputs are unknown, or if the inputs are single numbers."""
    assert kernel_overlay.footprint(pages.case(inputs=INPUTS), 32) is None
    assert framed() is None
    assert framed(*pages.SLIDING.terms, inputs={}) is None
    assert framed(pages.term(("x", [0], 3)), inputs={"x": pages.vector(3.0)}) is None


@pytest.mark.parametrize("at", [[9], [-1], [0, 0], []])
def test_a_place_that_is_none(at):
    """A factor outside its input is not drawn."""
    assert framed(pages.term(("x", at, 3)), pages.term(("x", [0], 3))) == "x[0]"


def test_fields_of_a_named_tuple():
    """An input may be a field of another one."""
    assert framed(pages.term(("bank.x", [0], 3)), inputs={"bank": {"x": pages.SIGNAL}}) == "bank.x[0]"
