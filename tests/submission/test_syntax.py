"""A text's definitions are read without running it, even if it doesn't parse."""

import resource

import pytest

from grader import source_text
from grader.submission.syntax import binds, functions_in, parse, while_loops_in


@pytest.mark.parametrize("text", ["def f(:", "x = '\0'", "(" * 5000, "-" * 100_000 + "1"])
def test_hostile_text_has_no_syntax_tree(text):
    """Text that breaks the parser gives no syntax tree and doesn't crash the runner."""
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "import a" + ".a" * 120_000,
        "f'" + "{x}" * 80_000 + "'",
        "def f() -> " + " + ".join("x" * 500) + ": pass\n" + "#" * 10_000,
        "x = [\n" + "[[1, 2], [3, 4]],\n" * 14_000 + "]",
    ],
    ids=["a long name", "a long format", "a deep annotation", "a large table"],
)
def test_a_text_costs_no_more_than_it_may(text):
    """A text of 256 KiB gets no tree if parsing needs gigabytes or minutes.

    The current process uses little memory.
    """
    before = resource.getrusage(resource.RUSAGE_SELF)
    parse(text)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_maxrss - before.ru_maxrss < 400 << 10


def test_each_function_has_its_line():
    """Lines are counted from 1. If two functions have the same name, the later one counts."""
    text = "\n\ndef f(x):\n    pass\n\ndef g [T](x):\n    def h(): pass\ndef f(y): pass"
    assert functions_in(text) == {"f": 8, "g": 6}


def test_a_long_text_has_a_tree():
    """Learners' code of any accepted length can be parsed."""
    text = "\n".join(f"def f{number}(x):\n    return x * {number} + 1\n" for number in range(4000))
    assert len(text) > 1 << 16
    assert len(parse(text).body) == 4000


def test_functions_are_found_in_every_cell():
    """A syntax error in one cell doesn't hide the functions in other cells.

    Lines are counted through the whole text.
    """
    text, _ = source_text.joined(
        ["x = 1\ndef f(): pass", "def g(x)\n    return x", "", "  def inner(:", "def h(): pass"]
    )
    assert functions_in(text) == {"f": 2, "g": 3, "h": 7}
    assert functions_in("# def f():\nx = 'def g():'") == {}
    assert functions_in("def f[T](x: T) -> T: return x\r\ndef g (x): pass") == {"f": 1, "g": 2}


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
    """A definition or an assignment binds a name, but a use doesn't."""
    assert binds(cell, "f") is bound


def test_odd_escapes_are_no_warning():
    """Python's warnings about a learner's text don't appear in the grader's own process."""
    assert parse("x = '\\d'") is not None


def test_the_first_while_of_each_function():
    """A loop outside functions, in a string's first column or in another function doesn't count."""
    text = "while 0: pass\ndef f(x):\n    for i in x:\n        while i: pass\n    while x: pass\n\ndef g():\n    return 1\n\ndef h(): \n\twhile True: pass\n"
    assert while_loops_in(text) == {"f": 4, "h": 11}
    assert (
        while_loops_in('def f(x):\n    """Slide the kernel\n    while it fits.\n    """\n    return x\n')
        == {}
    )
    assert while_loops_in("def f(x):\n    while x: pass\ndef g(:\n") == {}
    assert while_loops_in("") == {}
    assert while_loops_in("def f():\n    whiled = 1\n") == {}
