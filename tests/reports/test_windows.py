"""The worked cell."""

import pages
import pytest

from grader.records import Window
from grader.reports import windows

INPUTS = {"kernel": pages.KERNEL, "x": pages.SIGNAL}


def worked(window, inputs=INPUTS):
    return windows.worked(pages.case(inputs=inputs, window=window), 32)


def test_a_sum_in_names_and_in_numbers():
    """The cell, its products by name and by number, what they add up to, and what came back."""
    found = worked(pages.SLIDING)
    assert (found.at, found.names) == ("[1]", "kernel[0]·x[1] + kernel[1]·x[2]")
    assert (found.numbers, found.came_back, found.drawn) == ("1·4 + 2·5 = 14", "7", "x")


def test_the_kernel_lies_over_the_larger_input():
    """The signal is drawn, with each tap at the entry that it meets."""
    assert 'aria-label="x, of shape (4,); framed: x[1] × 1, x[2] × 2."' in worked(pages.SLIDING).figure.svg


def test_the_footprint_on_an_image():
    """In two dimensions the framed cells are where the taps lie; negative numbers stand in parentheses."""
    found = windows.worked(
        pages.case(inputs={"x": pages.IMAGE, "w": pages.matrix([2.0, 3.0])}, window=pages.PATCH), 32
    )
    assert found.numbers == "2·(-5) + 3·1 = -7"
    assert found.came_back == "not finite"
    assert "framed: x[0, 1] × 2, x[1, 1] × 3." in found.figure.svg


def test_an_entry_that_is_added_twice():
    """What is added more often, or taken away, says so."""
    window = Window(
        [0], 1.0, 5.0, [pages.term(("x", [0], 3), times=2.0), pages.term(("x", [1], 4), times=-1.0)]
    )
    found = worked(window)
    assert found.names == "2·x[0] + (-1)·x[1]"
    assert "framed: x[0] × 2, x[1] × (-1)." in found.figure.svg


def test_two_products_with_one_entry():
    """An entry that enters twice bears both taps."""
    window = Window([0], 1.0, 9.0, [pages.term(("kernel", [j], j + 1), ("x", [0], 3)) for j in range(2)])
    assert "framed: x[0] × 1, × 2." in worked(window).figure.svg


def test_a_long_sum_is_cut():
    """Twelve products are written out, the others counted."""
    window = Window([0], 1.0, 20.0, [pages.term(("x", [0], 1))] * 20)
    assert worked(window).numbers == " + ".join(["1"] * 12) + " + ... (8 more) = 20"


def test_sums_without_a_picture():
    """An empty sum is 0; inputs that aren't there, or are single numbers, are not drawn."""
    empty = worked(Window([0], 1.0, 0.0, []))
    assert (empty.names, empty.numbers, empty.figure) == ("0", "0 = 0", None)
    assert worked(pages.SLIDING, inputs={}).figure is None
    assert worked(None) is None


@pytest.mark.parametrize("at", [[9], [-1], [0, 0], []])
def test_a_place_that_is_none(at):
    """A factor that stands outside its input is in the sum, but not in the picture."""
    found = worked(Window([0], 1.0, 3.0, [pages.term(("x", at, 3)), pages.term(("x", [0], 3))]))
    assert "framed: x[0]." in found.figure.svg


def test_fields_of_a_named_tuple():
    """An input may be a field of another."""
    window = Window([0], 1.0, 3.0, [pages.term(("bank.x", [0], 3))])
    assert worked(window, inputs={"bank": {"x": pages.SIGNAL}}).drawn == "bank.x"


def test_numbers_that_print_alike_are_told_apart():
    """What came back never looks like what it should be."""
    found = worked(Window([0], 1.00000012, 1.0, [pages.term(("x", [0], 1))]))
    assert (found.numbers, found.came_back) == ("1 = 1", "1.00000012")
