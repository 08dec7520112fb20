"""`grade replay`: run a case again, from any source."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = "1.gqZrZXJuZWyUAwCRApIBAqF4lAMAkQSUAQIDBA"
TOKEN = f"toeplitz_1d.values.cpu.{CASE}"
MISTAKES = ("--submission", "submissions/mistakes")

SHOWN = """
toeplitz_1d  The Toeplitz matrix of a 1-D cross-correlation

  ✓ values  T x is the valid cross-correlation of x with the kernel.
    build_toeplitz_1d(kernel=[1, 2], n=4)
    x = [1, 2, 3, 4]
    you returned:
    1  2  0  0
    0  1  2  0
    0  0  1  2
    This case is correct now. Run `grade run` to test the others.
"""


def without_ends(text):
    return "\n".join(line.rstrip() for line in text.split("\n"))


def test_a_case_that_passes_is_shown_whole(run_grade):
    """A passing case shows the property's sentence, the call, its inputs, the result, and the function's line."""
    done = run_grade("replay", TOKEN, "--submission", "submissions/example")
    assert done.returncode == 0
    assert without_ends(done.stdout) == SHOWN


def test_a_case_that_fails_ends_with_1(run_grade, tmp_path):
    """A failing case is shown as in `grade run`, the JSON contains the same case, and the exit code is 1."""
    path = tmp_path / "replay.json"
    done = run_grade("replay", f"  {TOKEN}\n", *MISTAKES, "--json", path)
    assert done.returncode == 1
    assert "     4*  7* 10*     5   8  11\n" in done.stdout
    assert "Another convention: true convolution." in done.stdout
    # The first line of a function explains nothing.
    assert "def build_toeplitz_1d" not in done.stdout
    written = json.loads(path.read_text())
    assert (written["format"], written["exercise"], written["token"]) == (1, "toeplitz_1d", TOKEN)
    (one,), (case,) = written["properties"], written["cases"]
    assert (one["verdict"], one["replay"], one["counterexample"]) == ("not met", TOKEN, case)
    assert case["expected"]["values"] == [5, 8, 11]


def test_machine_output_is_alone(run_grade):
    """--json - writes only JSON to stdout; a passing case is not called a counterexample."""
    done = run_grade("replay", TOKEN, "--submission", "submissions/example", "--json", "-")
    written = json.loads(done.stdout)
    assert written["properties"][0]["counterexample"] is None
    assert written["cases"][0]["obtained"]["values"] == [[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]]
    assert "This case is correct now." in done.stderr


def test_a_device_that_is_not_here_is_not_judged(run_grade):
    """A case from a GPU is not judged without one, and can be replayed on the CPU."""
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    token = TOKEN.replace(".cpu.", ".cuda.")
    done = run_grade("replay", token, "--submission", "submissions/example")
    assert done.returncode == 1
    assert "not tested on cuda: values\n    no CUDA device" in done.stdout
    assert run_grade("replay", token, *MISTAKES, "--device", "cpu").returncode == 1


def test_a_file_that_does_not_load(run_grade, tmp_path):
    """The reason why a file doesn't load is shown instead of the case."""
    (tmp_path / "toeplitz_1d.py").write_text("def build_toeplitz_1d(:\n")
    done = run_grade("replay", TOKEN, "--submission", tmp_path)
    assert done.returncode == 1
    assert "SyntaxError" in done.stdout


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "error[replay-token]: ``"),
        ("x", "error[replay-token]: `x`"),
        ("\x1b[31m.values", "error[replay-token]"),
        ("y" * 9000, "..."),
        ("a.b.c.d.e/../../etc", "error[unknown-exercise]"),
        ("toeplitz_1.values", "did you mean `toeplitz_1d`?"),
        ("toeplitz_1d.value", "did you mean `values`?"),
        ("toeplitz_1d.values.gpu", "error[unknown-device]: `gpu`"),
        ("toeplitz_1d.values.mps", "error[unknown-device]: `mps`"),
        ("toeplitz_1d.values", "error[nothing-remembered]"),
        ("toeplitz_1d.device", "error[nothing-remembered]"),
        (TOKEN.replace("values", "device"), "error[unknown-property]: toeplitz_1d has no test `device`"),
        (TOKEN[:-4], "error[replay-token]"),
        (TOKEN + "!", "error[replay-token]"),
        (TOKEN.replace(".1.", ".2."), "error[replay-token]: a case of another format"),
        (f"toeplitz_1d.first_row.cpu.{CASE}", "error[replay-case]: inputs for kernel, x; the test draws"),
        ("toeplitz_1d.values.cpu.1." + "A" * 20_000, "error[replay-token]: a case of 20002 characters"),
    ],
    ids=lambda value: value[:50],
)
def test_a_token_that_is_none_ends_with_2(run_grade, token, words):
    """Each kind of damage to a token has its own message on stderr, and the exit code is 2."""
    done = run_grade("replay", token, *MISTAKES)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stdout == ""
