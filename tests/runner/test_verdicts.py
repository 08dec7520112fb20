"""Each odd submission has a clear verdict. Unusual but honest submissions lose no points."""

import ast
from pathlib import Path

import pytest

from grader.runner.workers import PATIENCE

HERE = Path(__file__).resolve().parent.parent
ODD = sorted((HERE / "odd").glob("*.py"))
HONEST = sorted((HERE / "honest").glob("*.py"))
TOTAL = 13.0

# The first unmet property: its name, its cause, and words of its message.
EXPECTED = {
    "answers_by_chance": (None, "wrong", "two different answers"),
    "breaks_torch": ("values", "wrong", "entries differ"),
    "calls_os_exit": ("shape", "error", "ended its process with exit code 0"),
    "calls_sys_exit": ("shape", "error", "raised SystemExit: 0 (line 7)"),
    "changes_the_default_dtype": (
        "values",
        "wrong",
        "Your function returned float64 for a float32 input. Keep",
    ),
    "defines_another_name": (
        "shape",
        "error",
        "defines no function `build_toeplitz_1d`; did you mean `build_toeplitz_1D`?",
    ),
    "disables_gradients": ("gradient", "wrong", "No gradient flows from your result back to `kernel`."),
    "does_not_parse": (
        "shape",
        "error",
        "the file doesn't load: SyntaxError on line 6: '(' was never closed",
    ),
    "fails_to_load": (
        "shape",
        "error",
        "the file doesn't load: ZeroDivisionError on line 6: division by zero",
    ),
    "fills_the_memory": ("shape", "memory", "can't allocate memory"),
    "imports_a_neighbour": ("shape", "error", "ModuleNotFoundError on line 6: No module named 'helpers'"),
    "is_empty": ("shape", "error", "Your file defines no function `build_toeplitz_1d`"),
    "judges_by_its_first_question": (
        "shape",
        "wrong",
        "Your function gave two different answers to the same call.",
    ),
    "kills_itself": (
        "shape",
        "error",
        "its process was ended by SIGKILL: it took more memory than there was, or killed itself",
    ),
    "loops_forever": ("shape", "timeout", "did not finish within 2 s"),
    "prints_50_megabytes": (
        "shape",
        "error",
        "raised OSError: printed more than 16 MiB in one call (line 7)",
    ),
    "raises": ("shape", "error", "raised IndexError"),
    "raises_something_unprintable": (
        "shape",
        "error",
        "raised Shy: (its message can't be printed: RuntimeError)",
    ),
    "recurses_without_end": ("shape", "error", "raised RecursionError"),
    "remembers_its_inputs": (None, "wrong", ""),
    "returns_a_generator": (
        "shape",
        "wrong",
        "Your function returned a `generator`. The exercise wants a tensor.",
    ),
    "returns_a_huge_view": (
        "shape",
        "wrong",
        "Your function returned a tensor of shape (1099511627776,), more than 32 MiB.",
    ),
    "returns_a_list": (
        "shape",
        "wrong",
        "Your function returned a Python list. The exercise wants a tensor: use `torch.stack(",
    ),
    "returns_a_number": ("shape", "wrong", "Your function returned a float. The exercise wants a tensor."),
    "returns_a_scalar_tensor": ("shape", "wrong", "() instead of (1, 1)"),
    "returns_a_sparse_tensor": (
        "shape",
        "wrong",
        "Your function returned a tensor of layout sparse_coo (`.to_dense()` makes it plain).",
    ),
    "returns_a_subclass": (
        "shape",
        "wrong",
        "Your function returned a `Agreeable`, which is a subclass of Tensor. The exercise wants a tensor.",
    ),
    "returns_an_array": (
        "shape",
        "wrong",
        "Your function returned a NumPy array. The exercise wants a tensor: compute it with torch.",
    ),
    "returns_another_shape": ("shape", "wrong", "(1,) instead of (1, 1)"),
    "returns_float64": ("values", "wrong", "Your function returned float64 for a float32 input. Keep"),
    "returns_nan": ("values", "wrong", "entries differ"),
    "returns_none": ("shape", "wrong", "Your function returned None. Did you forget `return`?"),
    "right_only_when_small": ("values", "wrong", "entries differ"),
    "right_once": (None, "wrong", ""),
    "sleeps_while_loading": ("shape", "timeout", "the file doesn't load: did not finish within 10 s"),
    "takes_other_arguments": (
        "shape",
        "error",
        "raised TypeError: build_toeplitz_1d() takes 1 positional argument",
    ),
}


@pytest.fixture(scope="module")
def results(judged):
    """Every odd and every honest submission, graded one after another in one run."""
    paths = [*ODD, *HONEST]
    found = judged([("toeplitz_1d", path.read_text(encoding="utf-8")) for path in paths])
    return {path.stem: result for path, result in zip(paths, found, strict=True)}


def test_every_odd_submission_has_its_expectation():
    """Each file has an expected verdict, and each expected verdict has a file."""
    assert sorted(EXPECTED) == [path.stem for path in ODD]


@pytest.mark.parametrize("path", [*ODD, *HONEST], ids=lambda path: path.stem)
def test_each_says_what_it_tries(path):
    """The docstring of an odd or honest submission says what it tries."""
    text = path.read_text(encoding="utf-8")
    try:
        assert ast.get_docstring(ast.parse(text))
    except SyntaxError:
        assert text.startswith('"""')


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_odd_submission_has_a_clear_verdict(results, name):
    """The first unmet property has the expected name, cause and wording."""
    result = results[name]
    where, cause, words = EXPECTED[name]
    first = next(one for one in result.properties if one.verdict == "not met")
    assert result.status == "not met"
    assert where in {None, first.id}
    assert first.cause == cause
    assert words in first.reason
    assert result.max_score == TOTAL
    assert first.points == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_one_fault_is_told_once(results, name):
    """A fault that stops every property is reported once; the others are not judged, never passed."""
    errors = [
        one for one in results[name].properties if one.cause == "error" and "SIG" not in (one.reason or "")
    ]
    assert len({one.reason for one in errors}) == len(errors) or all(one.counterexample for one in errors)


@pytest.mark.slow
@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_an_honest_submission_loses_nothing(results, path):
    """A correct submission gets full marks, however unusual its code is."""
    result = results[path.stem]
    assert [(one.id, one.reason) for one in result.properties if one.verdict != "met"] == []
    assert result.score == result.max_score == TOTAL


@pytest.mark.slow
@pytest.mark.parametrize("name", ["answers_by_chance", "judges_by_its_first_question"])
def test_no_known_mistake_explains_inconsistency(results, name):
    """If a submission answers differently the second time, no known mistake is reported."""
    named = [
        one.misconception for one in results[name].properties if "two different answers" in (one.reason or "")
    ]
    assert named
    assert set(named) == {None}


@pytest.mark.slow
def test_patience_is_bounded(results):
    """After several time-outs, the remaining properties are not judged."""
    verdicts = [one.verdict for one in results["loops_forever"].properties]
    assert verdicts == ["not met"] + ["not judged"] * (len(verdicts) - 1)
    reasons = [one.reason for one in results["loops_forever"].properties]
    late, rest = "did not finish within 2 s", f"{PATIENCE} calls have already run out of time"
    told = [late] * (PATIENCE - 1) + [rest] * (len(reasons) - PATIENCE)
    assert reasons == [late, *(f"Not tested yet. First fix what stops `shape`: {one}" for one in told)]


@pytest.mark.slow
def test_what_was_printed_is_shown(results):
    """The report contains the beginning of a submission's output."""
    assert (
        results["prints_a_little"].stdout.startswith("kernel [1.0] n 1\n")
        or "kernel [" in results["prints_a_little"].stdout
    )
    assert len(results["prints_a_little"].stdout) <= 4200


@pytest.mark.slow
def test_an_error_while_loading_bears_its_line(results):
    """The exercise's error gives the type, the message, the line number and the line's text."""
    error = results["fails_to_load"].error
    assert (error.type, error.message, error.line, error.source) == (
        "ZeroDivisionError",
        "division by zero",
        6,
        "x = 1 / 0",
    )
