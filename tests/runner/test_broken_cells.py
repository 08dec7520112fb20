"""In a notebook with broken cells, the others are graded and each fault has its cell and line."""

from pathlib import Path

import pytest

from grader import source_text
from grader.protocol import ExerciseJob
from grader.source_text import SourceText

ROOT = Path(__file__).resolve().parent.parent.parent
RIGHT = (ROOT / "submissions/example/toeplitz_1d.py").read_text()
STUB = (ROOT / "exercises/toeplitz_1d/toeplitz_1d.py").read_text()
RAISES = "import torch\n\ndef build_toeplitz_1d(kernel, n):\n    return torch.nothing(n)\n"
DRAWS = """
import altair as plt
from bokeh.plotting import figure
from google.colab import drive
fig, (left, right) = plt.subplots(1, 2)
fig, axes = plt.subplots(2, 2)
for one in axes.flat:
    one.plot([1])
axes[0, 0].set_title("x")
with plt.style.context("x"):
    plt.show()
"""
SHELL = """
get_ipython().run_line_magic("time", "1")
display(1)
_, In, Out
assert __name__ == "__main__"
import sys
assert sys.modules[__name__].build_toeplitz_1d
"""
USES = "def build_toeplitz_1d(kernel, n):\n    return {}.zeros(n)\n"

NOTEBOOKS = {
    "right": ["import torch", RIGHT, "print(1)"],
    "broken_beside": ["x = nosuch", RIGHT, "y = (", "1 / 0"],
    "broken_after_the_definition": [RIGHT + "\n1 / 0\n"],
    "definition_broken": [
        "0 / 0",
        "\ntensor = torhc\ndef build_toeplitz_1d(kernel, n): pass",
        "z = build_toeplitz_1d",
    ],
    "definition_misspelt": ["x = 1", "def build_toeplitz_1d(kernel, n:\n    return 1\n"],
    "raises_in_a_call": ["x = 1\n", RAISES],
    "calls_what_is_a_module": ["x = 1\n" * 9, RAISES.replace("torch.nothing(n)", "torch.fft(kernel)")],
    "is_the_stub": ["x = 1", STUB],
    "stub_and_broken": [STUB, "1 / 0"],
    "another_name": ["def build_toeplitz(kernel, n): pass", "1 / 0"],
    "ends_its_process": ["import os", "os._exit(3)", RIGHT, "os._exit(4)", "1 / 0"],
    "ends_too_often": ["import os"] + ["os._exit(3)"] * 5 + [RIGHT],
    "defined_where_the_process_ends": [RIGHT + "\nimport os; os._exit(3)"],
    "holds_a_null": ["x = '\x00'", RIGHT],
    "redefined": [RAISES, RIGHT],
    "wrong": ["x = 1", RIGHT.replace("kernel[j]", "kernel[-1 - j]")],
    "draws": [DRAWS, RIGHT, SHELL],
    "misses_a_module": ["import pandas as pd\nx = 1\nimport torch", "assert x == 1", RIGHT],
    "uses_what_it_misses": ["import pandas as pd\nimport torch", USES.format("pd")],
    "uses_the_shell": ["import torch\n# files = !ls", USES.format("files")],
    "an_import_is_not_the_cause": ["import pandas as pd\n1 / 0", RIGHT],
}


@pytest.fixture(scope="module")
def results(judge_jobs):
    jobs = []
    for texts in NOTEBOOKS.values():
        source, starts = source_text.joined(texts)
        jobs.append(ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "a.ipynb", starts)))
    return dict(zip(NOTEBOOKS, judge_jobs(jobs), strict=True))


def fault(result):
    error = result.error
    return error and (error.cell, error.line, error.type, error.source, error.other_cells)


def test_a_right_notebook_has_full_marks(results):
    """A correct notebook gets full marks and no messages."""
    assert (results["right"].status, results["right"].error) == ("met", None)


def test_a_broken_cell_costs_nothing_by_itself(results):
    """Other cells get full marks; the first broken cell is shown, and later ones are listed."""
    result = results["broken_beside"]
    assert result.status == "met"
    assert fault(result) == (1, 1, "NameError", "x = nosuch", (3, 4))


def test_what_a_cell_defined_before_it_broke_counts(results):
    """If a cell raises, the definitions above that line exist, as in Jupyter."""
    result = results["broken_after_the_definition"]
    assert result.status == "met"
    assert fault(result)[::2] == (1, "ZeroDivisionError", ())


def test_a_function_whose_cell_broke_is_told_with_cell_and_line(results):
    """A missing function is explained only by the cell that broke before defining it."""
    result = results["definition_broken"]
    reason = (
        "`build_toeplitz_1d` is not defined: cell 2 raised NameError on line 2: name 'torhc' is not defined"
    )
    assert result.properties[0].reason == reason
    assert result.properties[1].reason == f"Not tested yet. First fix what stops `shape`: {reason}"
    assert (result.score, result.properties[0].cause) == (0, "error")
    assert fault(result) == (2, 2, "NameError", "tensor = torhc", (1, 3))


def test_a_syntax_error_in_the_definition(results):
    """A cell that doesn't parse is reported like a cell that raises an exception."""
    result = results["definition_misspelt"]
    assert result.properties[0].reason.startswith(
        "`build_toeplitz_1d` is not defined: cell 2 raised SyntaxError on line 1:"
    )
    assert fault(result) == (2, 1, "SyntaxError", "def build_toeplitz_1d(kernel, n:", ())


def test_an_exception_in_a_call_bears_cell_and_line(results):
    """The reason, the counterexample and blocked properties give lines relative to the cell."""
    first, *others = results["raises_in_a_call"].properties
    assert first.reason == "raised AttributeError: module 'torch' has no attribute 'nothing' (cell 2, line 4)"
    assert (first.counterexample.cell, first.counterexample.line) == (2, 4)
    assert "Not tested yet. First fix the AttributeError on line 4 of cell 2." in {
        one.reason for one in others
    }
    assert results["raises_in_a_call"].error is None


def test_what_versions_explain_is_found_on_the_cells_own_line(results):
    """The failing line is looked up in its cell, so an old notebook is told a name's replacement."""
    first = results["calls_what_is_a_module"].properties[0]
    assert first.misconception is not None
    assert first.misconception.name == "`torch.fft` is a module since torch 1.8, not a function"


def test_a_wrong_answer_names_the_functions_cell(results):
    """The counterexample of a wrong answer points to the definition."""
    wrong = next(one for one in results["wrong"].properties if one.verdict == "not met")
    assert (wrong.cause, wrong.counterexample.cell) == ("wrong", 2)
    assert RIGHT.split("\n")[wrong.counterexample.line - 1].startswith("def build_toeplitz_1d")


def test_the_stub_in_a_notebook(results):
    """An unwritten function is reported as a stub, with or without a broken cell in the notebook."""
    line = STUB.split("\n").index('    raise NotImplementedError("TODO: build the matrix")') + 1
    for name, cell in (("is_the_stub", 2), ("stub_and_broken", 1)):
        reasons = {one.reason for one in results[name].properties}
        assert reasons == {f"not implemented yet: TODO: build the matrix (cell {cell}, line {line})"}
    assert fault(results["stub_and_broken"]) == (2, 1, "ZeroDivisionError", "1 / 0", ())


def test_a_missing_function_is_not_blamed_on_another_cell(results):
    """A missing function isn't blamed on a broken cell that doesn't define it."""
    reason = results["another_name"].properties[0].reason
    assert reason == "Your file defines no function `build_toeplitz_1d`; did you mean `build_toeplitz`?"
    assert fault(results["another_name"])[:3] == (2, 1, "ZeroDivisionError")


def test_a_cell_that_ends_its_process_is_left_out(results):
    """The next worker runs all cells except the one that ended its process."""
    result = results["ends_its_process"]
    assert result.status == "met"
    assert (result.error.cell, result.error.type, result.error.line) == (2, "error", None)
    assert result.error.message == "ended its process with exit code 3"
    assert result.error.other_cells == (4, 5)


def test_patience_with_such_cells_is_bounded(results):
    """A notebook with several cells that end their process doesn't load."""
    result = results["ends_too_often"]
    assert result.score == 0
    assert result.properties[0].reason == "the file doesn't load: cell 4: ended its process with exit code 3"


def test_a_function_whose_cell_ended_the_process(results):
    """Instead of an exception, the reason says that the process ended."""
    reason = "`build_toeplitz_1d` is not defined: cell 1: ended its process with exit code 3"
    assert results["defined_where_the_process_ends"].properties[0].reason == reason
    assert results["defined_where_the_process_ends"].score == 0


def test_a_null_character_breaks_its_cell_alone(results):
    """A cell that doesn't compile affects no other cell."""
    assert results["holds_a_null"].status == "met"
    assert results["holds_a_null"].error.cell == 1


def test_the_last_definition_counts(results):
    """Cells run from top to bottom."""
    assert (results["redefined"].status, results["redefined"].error) == ("met", None)


@pytest.mark.slow
def test_an_endless_cell_is_left_out(judge_jobs):
    """An endless cell uses up its time limit once, and the other cells are graded.

    The report contains no times that differ between runs.
    """
    source, starts = source_text.joined(["print('once')", "while True: pass", RIGHT])
    job = ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "a.ipynb", starts))
    (result,) = judge_jobs([job])
    assert result.status == "met"
    assert (result.error.cell, result.error.type, result.error.message) == (
        2,
        "timeout",
        "did not finish within 10 s",
    )
    assert result.stdout == "once\n"


FORGED = """
from grader.sandbox import loader, wire
loader.raised = lambda *_: wire.Raised("Odd", [], "forged", {line}, 99)
"""


@pytest.mark.parametrize(
    ("line", "told"), [("10**18", None), ("1", None), ("-3", None), ("None", None), ("4", 1)]
)
def test_a_forged_line_is_no_line_of_another_cell(judge_jobs, line, told):
    """The runner knows which cell broke, so a forged line outside that cell isn't shown."""
    source, starts = source_text.joined([FORGED.format(line=line).rstrip(), "1 / 0", RIGHT])
    job = ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "a.ipynb", starts))
    (result,) = judge_jobs([job])
    assert (result.error.cell, result.error.message, result.error.line) == (2, "forged", told)


def test_forged_replies_earn_nothing(judge_jobs):
    """If a cell makes the worker claim success for other cells, those cells still define nothing."""
    forges = FORGED.replace("programs.raised", "programs.Program.run").replace(
        'wire.Raised("Odd", [], "forged", {line}, 99)', 'wire.Loaded(["build_toeplitz_1d"])'
    )
    source, starts = source_text.joined([forges, "x = 1"])
    job = ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "a.ipynb", starts))
    (result,) = judge_jobs([job])
    assert result.score == 0


def test_what_draws_costs_nothing(results):
    """Missing drawing packages, and names that Jupyter adds to each cell, have no effect."""
    assert (results["draws"].status, results["draws"].error) == ("met", None)


def test_an_import_that_fails_takes_nothing_of_its_cell_with_it(results):
    """A cell continues after a failed import, which is reported whatever the cell's result is."""
    result = results["misses_a_module"]
    assert result.status == "met"
    assert fault(result) == (1, 1, "ModuleNotFoundError", "import pandas as pd", ())
    assert fault(results["an_import_is_not_the_cause"])[:3] == (1, 1, "ModuleNotFoundError")


@pytest.mark.parametrize(
    ("name", "slug", "says"),
    [
        ("uses_what_it_misses", "no-such-module", "there is no module `pandas` here"),
        ("uses_the_shell", "left-out", "`files` comes from a line that is skipped here"),
    ],
)
def test_a_name_that_an_earlier_cell_should_have_given(results, name, slug, says):
    """A NameError is reported with the reason why its name is missing."""
    first = results[name].properties[0]
    assert "NameError" in first.reason
    assert (first.misconception.slug, first.misconception.name) == (slug, says)
    assert first.misconception.kind == "environment"
