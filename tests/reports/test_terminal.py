"""What people read, compared whole."""

import io

from rich.console import Console

from grader.records import Array, Counterexample, ExerciseResult, Misconception, Property, SourceError
from grader.reports import terminal


def shown(result, source="", encoding="utf-8", width=72):
    class Stream(io.StringIO):
        pass

    stream = Stream()
    console = Console(file=stream, width=width, color_system=None, force_terminal=False)
    console.__class__ = type("Console", (Console,), {"encoding": encoding})
    terminal.show_exercise(result, console, source)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").split("\n"))


def result(*properties, error=None, stdout="", status="not met"):
    score = sum(one.points for one in properties)
    total = sum(one.max_points for one in properties)
    return ExerciseResult("one", "The first", status, score, total, 0.1, list(properties), stdout, error)


def prop(name, verdict="met", **fields):
    points = 1.0 if verdict == "met" else 0.0
    values = {"cause": None, "reason": None, "points": points, "max_points": 1.0, "duration": 0.0} | fields
    return Property(id=name, says=f"{name} is so.", device="cpu", verdict=verdict, **values)


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
    """What is met needs no explanation."""
    assert shown(result(prop("a"), prop("b"), status="met"), width=60) == (
        "one  The first                               2/2 points, met\n  ✓ a  ✓ b"
    )


def test_a_wrong_answer_is_a_table_and_its_mistake():
    """The call, the input that isn't in it, obtained beside expected, the mistake; the second time in short."""
    wrong = {
        "cause": "wrong",
        "reason": "1 of 2 entries differ",
        "counterexample": CASE,
        "misconception": MISTAKE,
    }
    assert shown(result(prop("a", "not met", **wrong), prop("b", "not met", **wrong))) == (
        "one  The first                                       0/2 points, not met\n"
        "  ✗ a  ✗ b\n"
        "\n"
        "  ✗ a (0/1)  a is so.\n"
        "    f(x=[1, 2])\n"
        "    h = [3, 4]\n"
        "    obtained    expected\n"
        "    4  3*       4  5\n"
        "    1 of 2 entries differ\n"
        "    Known mistake: half a thing. Do the other half.\n"
        "\n"
        "  ✗ b (0/1)  b is so.\n"
        "    f(x=[1, 2])\n"
        "    h = [3, 4]\n"
        "    obtained    expected\n"
        "    4  3*       4  5\n"
        "    1 of 2 entries differ\n"
        "    Known mistake: half a thing. (as above)"
    )


def test_a_crash_shows_the_learners_line():
    """An error stands with the learner's own line; what it stopped is not judged, with the reason."""
    case = Counterexample("f(x=[1])", {}, None, None, None, 2)
    found = result(
        prop("a", "not met", cause="error", reason="raised IndexError: no (line 2)", counterexample=case),
        prop("b", "not judged", reason="stopped by what stopped `a`: IndexError on line 2"),
        stdout="hello\n",
    )
    assert shown(found, "def f(x):\n    return x[9]\n") == (
        "one  The first                                       0/2 points, not met\n"
        "  ✗ a  ○ b\n"
        "\n"
        "  ✗ a (0/1)  a is so.\n"
        "    f(x=[1])\n"
        "    raised IndexError: no (line 2)\n"
        "    line 2:  return x[9]\n"
        "\n"
        "  ○ not judged: b\n"
        "    stopped by what stopped `a`: IndexError on line 2\n"
        "\n"
        "  what it printed:\n"
        "    hello"
    )


def test_a_file_that_does_not_load_is_told_once():
    """The error and its line, then what was not judged."""
    error = SourceError("SyntaxError", "'(' was never closed", 1, "f(")
    reason = "the file doesn't load: SyntaxError on line 1: '(' was never closed"
    found = result(
        prop("a", "not met", cause="error", reason=reason),
        prop("b", "not judged", reason=f"stopped by what stopped `a`: {reason}"),
        error=error,
    )
    assert shown(found, "f(\n") == (
        "one  The first                                       0/2 points, not met\n"
        "  ✗ a  ○ b\n"
        "    SyntaxError: '(' was never closed\n"
        "    line 1:  f(\n"
        "\n"
        "  ○ not judged: b\n"
        "    stopped by what stopped `a`: the file doesn't load: SyntaxError on\n"
        "    line 1: '(' was never closed"
    )


def test_an_untouched_stub_is_one_line():
    """Nothing is explained where nothing is written."""
    reason = "not implemented yet: TODO (line 3)"
    found = result(prop("a", "not met", cause="error", reason=reason), prop("b", "not judged", reason=reason))
    assert shown(found).split("\n")[1:] == ["  ✗ a  ○ b", "    not implemented yet: TODO (line 3)"]


def test_plain_marks_without_utf8():
    """A terminal that can't show the marks gets letters."""
    assert shown(result(prop("a"), status="met"), encoding="ascii").endswith("  + a")


def test_points_read_as_people_write_them():
    """Whole points have no fraction."""
    assert [terminal.points(value) for value in (0.0, 3.0, 0.5, 1.25)] == ["0", "3", "0.5", "1.25"]
