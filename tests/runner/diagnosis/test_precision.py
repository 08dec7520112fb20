"""Lost precision is shown with one entry before and after rounding."""

import pytest
import torch

from grader import close
from grader.runner.call import Call
from grader.runner.call_log import Case, Comparison, Exchange
from grader.runner.diagnosis import precision
from grader.sandbox.wire import Returned

TENTHS = torch.tensor([0.1, 0.2, 0.3], dtype=torch.float64)


def case(given, answer, *, expected=None):
    """A case with a wrong answer, after the comparison."""
    wanted = close(given if expected is None else expected)
    exchange = Exchange(Call("f", "call", (given,)), Returned(answer))
    difference = wanted.difference(answer)
    assert difference is not None
    return Case({"x": given}, [exchange], Comparison(answer, wanted, difference))


@pytest.mark.parametrize(
    ("given", "through", "says"),
    [
        (TENTHS, torch.float32, "float32 inside your function: 0.1 became 0.10000000149"),
        (TENTHS, torch.bfloat16, "bfloat16 inside your function: 0.1 became 0.10009765625"),
        (TENTHS, torch.float16, "float16 inside your function: 0.1 became 0.099975585938"),
        (TENTHS.float(), torch.float16, "float16 inside your function: 0.10000000149 became 0.099975585938"),
        (
            torch.complex(TENTHS, -TENTHS),
            torch.complex64,
            "float32 inside your function: 0.1 became 0.10000000149",
        ),
    ],
)
def test_an_entry_is_shown_before_and_after(given, through, says):
    """The narrower dtype is named, with the first entry that it can't hold and its rounded value."""
    assert precision.lost(case(given, given.to(through).to(given.dtype))) == says


def test_a_computed_answer_has_no_entry_to_show():
    """Only the dtype is named if the answer's entries aren't the input's."""
    answer = (0.7 * TENTHS.float()).double()
    assert precision.lost(case(TENTHS, answer, expected=0.7 * TENTHS)) == "float32 inside your function"


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (TENTHS, TENTHS.flip(0)),
        (TENTHS, TENTHS + 1e-9),
        (TENTHS, torch.zeros(3, dtype=torch.float64)),
        (TENTHS, TENTHS.round(decimals=0)),
        (TENTHS.float(), (TENTHS + 1e-3).float()),
        (torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.001])),
        (TENTHS, TENTHS.float()),
        (TENTHS, TENTHS[:2]),
    ],
)
def test_other_mistakes_are_no_loss_of_precision(given, answer):
    """Errors larger than rounding, and errors of other kinds, aren't reported as lost precision."""
    assert precision.lost(case(given, answer)) is None
