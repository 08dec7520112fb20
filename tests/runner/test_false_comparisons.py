"""The explanation of a false comparison reads only a few entries."""

import pytest
import torch
from _pytest.assertion import rewrite, util

from grader.runner.false_comparisons import explained, unread
from grader.runner.matchers import close


class Long(torch.Tensor):
    """A tensor whose entries must not be read one by one."""

    def __iter__(self):
        raise AssertionError("looked at each entry")


def told(op, left, right, says):
    """Return the explanation and the pairs of values that were passed to it."""
    sides = []

    def explain(*both):
        sides.append(both)
        return says

    with explained(explain):
        return util._reprcompare(op, left, right), sides


def test_a_false_equality_is_told_by_us_alone():
    """Only the grader explains the comparison, since pytest and other plugins would read all entries."""
    left, right = Long(3), close(torch.zeros(3))
    shown, sides = told("==", left, right, ["1 of 3 entries\ndiffer", "100%"])
    assert shown == "1 of 3 entries\\ndiffer\n~100%%"
    assert [tuple(map(id, both)) for both in sides] == [(id(left), id(right))]


def test_what_we_say_nothing_of_is_shown_as_it_stands():
    """Other comparisons, and comparisons without a message, get no explanation."""
    assert told("==", 1, 2, None) == (None, [(1, 2)])
    shown, sides = told("in", 1, [2], ["not asked"])
    assert sides == []
    assert shown is None or "not asked" not in shown


def test_pytest_explains_again_afterwards():
    """Comparisons in other tests keep pytest's explanation."""
    before = util._reprcompare, rewrite._saferepr
    with pytest.raises(KeyError), explained(lambda *_: None), unread():
        raise KeyError
    assert (util._reprcompare, rewrite._saferepr) == before


def test_no_tensor_is_written_out_that_nobody_reads():
    """Tensors, arrays and expected values are shown only by class, and numbers by value."""
    with unread():
        assert rewrite._saferepr(torch.zeros(3)) == "Tensor"
        assert rewrite._saferepr(torch.zeros(3).numpy()) == "ndarray"
        assert rewrite._saferepr(close(torch.zeros(3))) == type(close(torch.zeros(3))).__name__
        assert rewrite._saferepr(37) == "37"
    assert "0., 0." in rewrite._saferepr(torch.zeros(3))
