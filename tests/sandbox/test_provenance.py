"""The learner's own lines show where a tensor left the inputs' device or dtype."""

import importlib.util
import sys

import pytest
import torch

from grader.sandbox import provenance


@pytest.fixture
def claims(tmp_path):
    """Load a text as a submission, call its `f` and return the claims about the call."""

    def ask(text, *args, **kwargs):
        path = tmp_path / "answer.py"
        path.write_text("import torch\n" + text)
        spec = importlib.util.spec_from_file_location("answer", path)
        module = sys.modules["answer"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return provenance.claims(module.f, list(args), kwargs)

    yield ask
    sys.modules.pop("answer", None)


META = torch.empty(3, device="meta")


def test_a_result_that_was_left_elsewhere(claims):
    """The reported line is the one that creates the tensor, not the one that returns the result."""
    text = "def f(x):\n    y = torch.zeros(3)\n    z = y + 1\n    return z * 2\n"
    assert claims(text, META) == [("device", 3, "zeros")]


def test_what_met_another_device(claims):
    """If a function refuses a tensor, the tensor's origin takes precedence over the line that raised."""
    text = "def f(x):\n    a = torch.ones(3)\n    b = a.exp()\n    return torch.dot(x, b)\n"
    assert claims(text, META)[:2] == [("device", 3, "ones"), ("refused", 5, "dot")]


def test_what_was_caught_is_not_the_cause(claims):
    """An error that the function caught isn't the cause; the origin of its result takes precedence."""
    text = "def f(x):\n    try:\n        torch.dot(x, torch.ones(3))\n    except Exception:\n        return torch.zeros(3)\n"
    assert claims(text, META)[0] == ("device", 6, "zeros")


def test_a_helper_of_the_learners(claims):
    """The innermost line of the learner's code is reported."""
    text = "def g():\n    return torch.ones(3)\ndef f(x):\n    return g()\n"
    assert claims(text, META) == [("device", 3, "ones")]


def test_a_dtype_that_was_fixed(claims):
    """The first tensor with the result's dtype is reported, whatever other dtypes came before it."""
    for last in ("y[i] * 2", "i * y"):
        text = f"def f(x):\n    i = torch.arange(3)\n    y = x.double()\n    return {last}\n"
        assert claims(text, torch.ones(3))[0] == ("dtype", 4, "double")


@pytest.mark.parametrize("statement", ["x.zero_()", "x[0] = 1", "x += 1", "x[1:].mul_(2)"])
def test_an_input_that_was_written_into(claims, statement):
    """A write into an input is reported with its line, even if it goes through a view."""
    found = claims(f"def f(x):\n    y = x + 1\n    {statement}\n    return y\n", torch.ones(3))
    assert [(what, line) for what, line, _ in found] == [("written", 4)]


def test_nothing_is_claimed_where_nothing_is_wrong(claims):
    """A function that uses its input's device and dtype leads to no claim."""
    assert claims("def f(x):\n    return x.new_zeros(3) + x\n", torch.ones(3)) == []


def test_without_tensors_nothing_is_claimed(claims):
    """Without input tensors there is no device to follow, so there is no claim."""
    assert claims("def f(n):\n    return torch.zeros(n)\n", 3) == []


def test_whatever_it_raises_is_known_already(claims):
    """An exception ends only the call, even if it would normally end the process."""
    assert claims("def f(x):\n    torch.ones(2)\n    raise SystemExit\n", torch.ones(3)) == []
