"""Compare the complete terminal output with the expected text."""

import io

import msgspec
import pytest
from rich.console import Console

from grader.report_model import (
    Array,
    Counterexample,
    ExerciseResult,
    Factor,
    Misconception,
    Property,
    SourceError,
    Term,
    Window,
)
from grader.reports import terminal
from grader.source_text import SourceText


def shown(result, source="", encoding="utf-8", width=72, **how):
    class Stream(io.StringIO):
        pass

    stream = Stream()
    console = Console(file=stream, width=width, color_system=None, force_terminal=False)
    console.__class__ = type("Console", (Console,), {"encoding": encoding})
    terminal.show_exercise(result, console, SourceText(source, "f.py"), **how)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").split("\n"))


def result(*properties, error=None, stdout="", status="not met"):
    score = sum(one.points for one in properties)
    total = sum(one.max_points for one in properties)
    return ExerciseResult("one", "The first", status, score, total, 0.1, list(properties), stdout, error)


def prop(name, verdict="met", **fields):
    points = 1.0 if verdict == "met" else 0.0
    values = {"cause": None, "reason": None, "points": points, "max_points": 1.0, "duration": 0.0}
    values |= {"device": "cpu"} | fields
    return Property(id=name, says=f"{name} is so.", verdict=verdict, **values)


CASE = Counterexample(
    call="f(x=[1, 2])",
    inputs={"x": Array("float32", [2], [1.0, 2.0]), "h": Array("float32", [2], [3.0, 4.0])},
    obtained=Array("float32", [2], [4.0, 3.0]),
    expected=Array("float32", [2], [4.0, 5.0]),
    difference=Array("float32", [2], [0.0, -2.0]),
    line=1,
)
MISTAKE = Misconception("slug", "half a thing", "Do the other half.")


def test_all_met_is_one_line_and_the_verdicts():
    """A met exercise needs no explanation."""
    assert shown(result(prop("a"), prop("b"), status="met"), width=60) == (
        "one  The first                           2/2 points, correct\n  ✓ a  ✓ b"
    )


def test_a_wrong_answer_is_a_table_and_its_mistake():
    """The failure with the most points shows the call, inputs, both results and mistake; the others are named."""
    wrong = {
        "cause": "wrong",
        "reason": "1 of 2 entries differ",
        "counterexample": CASE,
        "misconception": MISTAKE,
    }
    assert shown(result(prop("a", "not met", **wrong), prop("b", "not met", **wrong))) == (
        "one  The first                                         0/2 points, wrong\n"
        "  ✗ a  ✗ b\n"
        "\n"
        "  ✗ a (0/1)  a is so.\n"
        "    f(x=[1, 2])\n"
        "    h = [3, 4]\n"
        "    obtained    expected\n"
        "    4  3*       4  5\n"
        "    1 of 2 entries differ\n"
        "    Known mistake: half a thing. Do the other half.\n"
        "    also wrong for this reason: b"
    )


def test_failures_with_the_same_words_are_shown_once():
    """A result of the wrong type fails every test alike; different cases with a comparison stay apart."""
    nothing = {"cause": "wrong", "reason": "Your function returned None.", "counterexample": None}
    text = shown(result(*(prop(name, "not met", **nothing) for name in "abc")))
    assert text.count("Your function returned None.") == 1
    assert text.endswith("    also wrong for this reason: b, c")
    differing = {"cause": "wrong", "reason": "1 of 2 entries differ", "counterexample": CASE}
    text = shown(result(*(prop(name, "not met", **differing) for name in "ab")))
    assert text.count("1 of 2 entries differ") == 2
    assert "also wrong" not in text


def test_another_device_is_told_once():
    """A device failure appears as `device`, with the first failing property's case and fix.

    Evidence gets no line of its own.
    """
    known = Misconception("device-7", "not on the input's device", "Line 7: write `device=x.device`.")
    told = {"cause": "wrong", "reason": "a tensor on `cpu`", "counterexample": CASE, "misconception": known}
    evidence = [
        prop("a", "not met", device="sim", evidence=True, max_points=0.0, **told),
        prop("b", "not judged", device="sim", evidence=True, max_points=0.0, reason="stopped by `a`"),
    ]
    device = prop("device", "not met", device="sim", **(told | {"counterexample": None}))
    assert shown(result(prop("a"), prop("b"), *evidence, device)) == (
        "one  The first                                         2/3 points, wrong\n"
        "  ✓ a  ✓ b  ✗ device\n"
        "\n"
        "  ✗ device on sim (simulated) (0/1)  device is so.\n"
        "    a tensor on `cpu`"
    )


WINDOW = Window([1], 3.0, 5.0, [Term(1.0, [Factor("h", [0], -1.0), Factor("x", [1], 2.0)])])


@pytest.mark.parametrize(("encoding", "dot"), [("utf-8", "·"), ("latin-1", "·"), ("ascii", "*")])
def test_the_window_that_disagrees(encoding, dot):
    """Below the table, one cell's correct sum is shown in characters that the terminal supports."""
    case = msgspec.structs.replace(CASE, window=WINDOW)
    text = shown(result(prop("a", "not met", cause="wrong", counterexample=case)), encoding=encoding)
    assert text.split("\n")[-1] == f"    cell [1] = h[0]{dot}x[1] = (-1){dot}2 = 5, your result: 3"


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("mistake", "    Known mistake: half a thing. Do the other half."),
        ("convention", "    Another convention: half a thing. Do the other half."),
        ("environment", "    Your environment: half a thing. Do the other half."),
    ],
)
def test_each_kind_reads_differently(kind, line):
    """Mistakes, other conventions and environment problems are worded differently."""
    known = msgspec.structs.replace(MISTAKE, kind=kind)
    found = result(prop("a", "not met", cause="wrong", counterexample=CASE, misconception=known))
    assert shown(found).split("\n")[-1] == line


def test_a_file_that_does_not_load_for_its_environment():
    """An environment's explanation appears next to the error that keeps the file from loading."""
    known = Misconception("slug", "there is no module `scipyy` here", "Do without.", "environment")
    error = SourceError("ModuleNotFoundError", "No module named 'scipyy'", 1, "import scipyy")
    found = result(prop("a", "not met", cause="error", reason="r", misconception=known), error=error)
    assert shown(found, "import scipyy\n").split("\n")[2:] == [
        "    ModuleNotFoundError: No module named 'scipyy'",
        "    line 1:  import scipyy",
        "    Your environment: there is no module `scipyy` here. Do without.",
    ]


ROW = Array("float32", [1, 30], [[float(n) for n in range(30)]])
OTHER = Array("float32", [1, 30], [[float(n + (n == 20)) for n in range(30)]])
GAP = Array("float32", [1, 30], [[float(n == 20) for n in range(30)]])
LONG = Array("float32", [30], [float(n) for n in range(30)])


@pytest.mark.parametrize("width", [1, 5, 20, 40, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_any_width(width, encoding):
    """A report never crashes on a narrow terminal, and the rows of tables are at most 40 columns wide."""
    case = Counterexample("f(x)", {"x": ROW, "y": LONG}, OTHER, ROW, GAP, 1, window=WINDOW)
    found = result(
        prop("a", "not met", cause="wrong", reason="one", counterexample=case, misconception=MISTAKE)
    )
    lines = shown(found, width=width, encoding=encoding).split("\n")
    if width >= 40:
        assert max(map(len, lines)) <= width
    assert any("21*" in line for line in lines)


def test_a_crash_shows_the_learners_line():
    """An error shows the learner's line; the properties that it blocks are not judged, with a reason."""
    case = Counterexample("f(x=[1])", {}, None, None, None, 2)
    found = result(
        prop("a", "not met", cause="error", reason="raised IndexError: no (line 2)", counterexample=case),
        prop("b", "not judged", reason="Not tested yet. First fix the IndexError on line 2."),
        stdout="hello\n",
    )
    assert shown(found, "def f(x):\n    return x[9]\n") == (
        "one  The first                                         0/2 points, wrong\n"
        "  ✗ a  ○ b\n"
        "\n"
        "  ✗ a (0/1)  a is so.\n"
        "    f(x=[1])\n"
        "    raised IndexError: no (line 2)\n"
        "    line 2:  return x[9]\n"
        "\n"
        "  ○ not tested: b\n"
        "    Not tested yet. First fix the IndexError on line 2.\n"
        "\n"
        "  your program printed:\n"
        "    hello"
    )


def test_a_file_that_does_not_load_is_told_once():
    """The error and its line come first, then the properties that were not judged."""
    error = SourceError("SyntaxError", "'(' was never closed", 1, "f(")
    reason = "the file doesn't load: SyntaxError on line 1: '(' was never closed"
    found = result(
        prop("a", "not met", cause="error", reason=reason),
        prop("b", "not judged", reason=f"Not tested yet. First fix what stops `a`: {reason}"),
        error=error,
    )
    assert shown(found, "f(\n") == (
        "one  The first                                         0/2 points, wrong\n"
        "  ✗ a  ○ b\n"
        "    SyntaxError: '(' was never closed\n"
        "    line 1:  f(\n"
        "\n"
        "  ○ not tested: b\n"
        "    Not tested yet. First fix what stops `a`: the file doesn't load:\n"
        "    SyntaxError on line 1: '(' was never closed"
    )


def test_an_untouched_stub_is_one_line():
    """An unchanged stub gets no explanation."""
    reason = "not implemented yet: TODO (line 3)"
    found = result(prop("a", "not met", cause="error", reason=reason), prop("b", "not judged", reason=reason))
    assert shown(found).split("\n")[1:] == ["  ✗ a  ○ b", "    not implemented yet: TODO (line 3)"]


def test_plain_marks_without_utf8():
    """A terminal that can't display the marks shows letters instead."""
    assert shown(result(prop("a"), status="met"), encoding="ascii").endswith("  + a")


def test_a_correct_one_of_many_is_one_line():
    """A wrong one of many is shown in full."""
    assert shown(result(prop("a"), status="met"), is_one_of_many=True) == (
        "✓ one  The first                                              1/1 points"
    )
    assert shown(result(prop("a"), status="met"), is_one_of_many=True, width=24) == "✓ one         1/1 points"
    assert "✗ a (0/1)" in shown(result(prop("a", "not met", cause="wrong", reason="no")), is_one_of_many=True)
