"""A line reported by a worker is only a hint, shown if the learner's text supports it."""

import ast
from types import SimpleNamespace

import pytest
import torch

from grader.exercises import functions_of
from grader.report_model import Misconception, Property
from grader.runner.call import Call
from grader.runner.call_log import Exchange
from grader.runner.diagnosis.device_lint import device_mistakes
from grader.runner.root_causes import RootCauses
from grader.sandbox.wire import Raised, Refused, Returned
from grader.source_text import SourceText

STUB = "def f(x: Tensor) -> Tensor:\n    ...\n"
TEXT = "def f(x):\n    torch.arange(3)\n    y = torch.zeros(3)\n    return y\n"
ELSEWHERE = Refused("a tensor on `cpu`, while the inputs are on `sim`")
ARANGE = "Line 2: `torch.arange(3)` makes a tensor on the CPU; write `torch.arange(3, device=x.device)`."
ZEROS = (
    "Line 3: `torch.zeros(3)` makes a tensor on the CPU; write `torch.zeros(3, device=x.device)`, "
    "or `x.new_zeros(3)`."
)


def exercise_run(claims, text=TEXT, cells=()):
    functions = {one.name: one for one in functions_of(ast.parse(STUB))}
    answer = claims if isinstance(claims, Raised) else Returned(claims)
    return SimpleNamespace(
        source=SourceText(text, "f.py", cells),
        exercise=SimpleNamespace(functions=functions),
        client=SimpleNamespace(ask=lambda call: answer if call.mode == "origins" else None),
        causes=RootCauses(),
    )


def exchange(answer, mode="call"):
    return Exchange(Call("f", mode, (torch.ones(3),)), answer)


def message(claims, answer=ELSEWHERE, **text):
    known = device_mistakes.recognise(exercise_run(claims, **text), exchange(answer), None)
    return known and known.message


def test_the_claimed_line_is_told():
    """If several calls could be the cause, the one on the line that the worker reports is shown."""
    assert message([["device", 3, "zeros"]]) == ZEROS


@pytest.mark.parametrize(
    "claims",
    [
        [],
        None,
        "device",
        7,
        [["device", 99, "zeros"]],
        [["device", -1, "zeros"]],
        [["device", 4, "zeros"]],
        [["device", "3", "zeros"]],
        [["device", 3]],
        [["written", 3, "zeros"]],
        [["device", 10**30, "zeros"]],
        [["device", 99, "zeros"]] * 30 + [["device", 3, "zeros"]],
        Raised("RuntimeError", ["RuntimeError"], "no", 3),
    ],
)
def test_a_claim_that_the_text_does_not_bear_out(claims):
    """A claimed line is ignored if it doesn't exist or has no faulty call.

    In that case, the first faulty call in the text is shown.
    """
    assert message(claims) == ARANGE


def test_the_line_that_raised_is_looked_at():
    """Without a claim, the exception's line takes precedence over the first faulty call."""
    mixed = Raised("RuntimeError", ["RuntimeError"], "tensors to be on the same device, but", 3)
    assert message([], mixed) == ZEROS


@pytest.mark.parametrize(
    "answer", [Refused("a list"), Raised("ValueError", ["ValueError"], "too short", 3), Returned(1)]
)
def test_other_failures_are_not_of_devices(answer):
    """Other failures are not blamed on a device."""
    assert message([["device", 3, "zeros"]], answer) is None


def test_a_changed_default_device_is_named_first():
    """If the default device stays changed, the call that changed it is reported as the cause."""
    text = "def f(x):\n    torch.set_default_device(x.device)\n    return torch.zeros(3)\n"
    answer = Refused("a value, but changed torch's default device to `sim`")
    assert message([["device", 3, "zeros"]], answer, text=text).startswith(
        "Line 2: `torch.set_default_device(x.device)` changes"
    )


def test_where_nothing_is_found_nothing_is_made_up():
    """If no call in the text is the cause, the line and the fix are shown."""
    text = "def f(x):\n    return helper(x)\n"
    says = " tensor is not on the input's device; make each tensor with the `device=` of an input."
    assert message([["refused", 2, "add"]], text=text) == f"Line 2: a{says}"
    assert message([], text=text) == f"A{says}"
    assert message([["refused", 99, "add"]], text=text) == f"A{says}"


def test_a_notebooks_lines_are_counted_by_cell():
    """In a notebook the cell is named, and cells that don't parse don't hide the others."""
    text = "x = (\ndef f(x):\n    return torch.zeros(3)\n"
    told = message([["device", 3, "zeros"]], text=text, cells=(1, 2))
    assert told.startswith("Cell 2, line 2: `torch.zeros(3)`")
    # The runner has already placed the exception in its cell.
    mixed = Raised("RuntimeError", ["RuntimeError"], "no CUDA GPUs are available", 2, cell=2)
    assert message([], mixed, text=text, cells=(1, 2)).startswith("Cell 2, line 2: `torch.zeros(3)`")


def test_what_fails_to_load():
    """A file that asks for a GPU while it loads gets the explanation at that line."""
    raised = Raised("AssertionError", ["AssertionError"], "Torch not compiled with CUDA enabled", 3)
    assert device_mistakes.recognise(exercise_run([]), None, raised).message == ZEROS
    nowhere = Raised("AssertionError", ["AssertionError"], "Torch not compiled with CUDA enabled", None)
    assert device_mistakes.recognise(exercise_run([]), None, nowhere).message == ARANGE
    assert device_mistakes.recognise(exercise_run([]), None, None) is None


FIXED = "dtype float64 instead of float32"


def test_a_fixed_dtype_is_told_by_its_line():
    """A known mistake is shown with its line; without a known mistake, only the line is shown."""
    cast = "Line 3: `torch.zeros(3)` makes a tensor of torch's default dtype; give it `dtype=x.dtype`."
    bench, asked = exercise_run([["dtype", 3, "zeros"]]), exchange(Returned(torch.ones(3)))
    assert device_mistakes.located(bench, asked, FIXED, None).message == cast
    known = Misconception("fixed", "fixed", "Don't.")
    assert device_mistakes.located(bench, asked, FIXED, known).message == f"Don't. {cast}"
    convention = Misconception("other", "other", "So.", "convention")
    assert device_mistakes.located(bench, asked, FIXED, convention) == convention
    assert device_mistakes.located(bench, asked, "3 of 4 entries differ", known) == known
    assert device_mistakes.located(exercise_run([]), asked, FIXED, known) == known


def test_a_write_into_an_input_is_told_by_its_line():
    """A statement that changes an input is shown as the learner wrote it."""
    bench = exercise_run([["written", 3, "add_"]], text="def f(x):\n    y = x\n    y += 1\n    return y\n")
    found = device_mistakes.located(bench, exchange(Returned(()), "inputs_after"), "the entry differs", None)
    assert found.message == "Line 3: `y += 1` changes an input; change a `.clone()` of it instead."
    for claims in ([], [["written", 99, "add_"]], [["written", 0, "add_"]]):
        assert (
            device_mistakes.located(exercise_run(claims), exchange(Returned(()), "inputs_after"), "", None)
            is None
        )


def prop(name, slug):
    known = Misconception(slug, "not there", "So.")
    return Property(
        name, "It is.", "sim", "not met", "wrong", "no", 0.0, 1.0, 0.0, misconception=known, replay="t"
    )


def test_one_line_is_told_once():
    """A second property that fails at the same line is not judged, and its reason names the first."""
    bench = exercise_run([])
    first = device_mistakes.once(prop("shape", "device-3"), bench)
    second = device_mistakes.once(prop("values", "device-3"), bench)
    other = device_mistakes.once(prop("dtype", "device-4"), bench)
    assert (first.verdict, other.verdict) == ("not met", "not met")
    assert (second.verdict, second.cause, second.misconception, second.replay) == (
        "not judged",
        None,
        None,
        None,
    )
    assert second.reason == "Not tested yet. First fix what stops `shape`: not there"
    assert device_mistakes.once(prop("values", "fixed"), bench).verdict == "not met"
