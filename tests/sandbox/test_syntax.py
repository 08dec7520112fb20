"""What a text defines is read without running it, and without believing that it parses."""

import pytest

from grader.sandbox import cells
from grader.sandbox.syntax import binds, functions_in, names_in, parse


@pytest.mark.parametrize("text", ["def f(:", "x = '\0'", "(" * 5000, "-" * 100_000 + "1"])
def test_hostile_text_has_no_syntax_tree(text):
    """Whatever the parser says to it, the near side goes on."""
    assert parse(text) is None


def test_functions_are_found_cell_by_cell():
    """A cell with a mistake hides no other's functions, and lines count through the whole text."""
    text, starts = cells.joined(["x = 1\ndef f(): pass", "def g(:", "", "def h(): pass"])
    assert [(one.name, one.line) for one in functions_in(text, starts)] == [("f", 2), ("h", 5)]
    assert [(one.name, one.line) for one in functions_in("\ndef f(): pass")] == [("f", 2)]


def test_a_function_with_a_mistake_in_it_still_has_its_name():
    """Who forgets a colon has answered the exercise, wrongly; nobody may be told of no answer at all."""
    assert names_in(*cells.joined(["def f(x)\n    return x", "def g(): pass", "  def inner(:"])) == {"f", "g"}
    assert names_in("# def f():\nx = 'def g():'") == set()


@pytest.mark.parametrize(
    ("cell", "bound"),
    [
        ("def f(x): pass", True),
        ("def  f (:", True),
        ("if x:\n    def f(): pass", True),
        ("async def f(): pass", True),
        ("f = jit(g)", True),
        ("f == g", False),
        ("print(f(3))", False),
        ("def ff(): pass", False),
        ("# def f(): pass", False),
        ("g = f", False),
    ],
)
def test_where_a_name_is_bound(cell, bound):
    """A definition or an assignment binds a name, a use of it doesn't."""
    assert binds(cell, "f") is bound


def test_odd_escapes_are_no_warning():
    """What Python says about a learner's text is not said by the grader's own process."""
    assert parse("x = '\\d'") is not None
