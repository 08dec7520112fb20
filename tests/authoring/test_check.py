"""`grade check` checks an exercise like a compiler, tries it out, and reports what to fix."""

import json

import pytest
from torch.utils import backend_registration

from grader.authoring import check as checking
from grader.authoring import mutant_proof, proof_trials
from grader.course import load_course
from grader.sandbox.sim import registration

TEST = '''
import pytest
from hypothesis import given
from grader import close, points, submitted
from grader.strategies import signals

double = submitted("double")


@points(1)
@given(x=signals())
def test_shape(double, x):
    """2 x is as long as x."""
    assert double(x).shape == x.shape


@points(1)
@given(x=signals())
def test_values(double, x):
    """Every entry is twice as large."""
    assert double(x) == close(x + x)
'''
README = """# Double

`double(x)` is $2 x$.

## A worked example

[1] gives [2].

## Hints

1. a
2. b
3. c
"""
STUB = '''from torch import Tensor


def double(x: Tensor) -> Tensor:
    """Return 2 x."""
    raise NotImplementedError("TODO: write it")
'''
TOML = 'format = 1\ntitle = "Double"\nchapter = 1\nminutes = 1\ndifficulty = 1\n'
GOOD = {
    "exercises/double/exercise.toml": TOML,
    "exercises/double/README.md": README,
    "exercises/double/double.py": STUB,
    "exercises/double/test_double.py": TEST,
    "reference/double/solution.py": "def double(x):\n    return 2 * x\n",
    "reference/double/variants/added.py": "def double(x):\n    return x + x\n",
    "reference/double/misconceptions/halved.py": '"""halved\n\nHalf is not double."""\n\n\ndef double(x):\n    return x / 2\n',
    "reference/double/misconceptions/cut.py": '"""cut\n\nIt lost an entry."""\n\n\ndef double(x):\n    return 2 * x[1:]\n',
}
MEASURE = """
[measure]
function = "double"
inputs = { x = "[n]" }
rivals = ["added", "loops"]
operations = "n"
sizes = [4, 64]
"""
LOOPS = '''"""One loop over the entries."""

import torch


def double(x):
    return torch.stack([entry + entry for entry in x])
'''
ADDED = '"""x, and x once more."""\n\n\ndef double(x):\n    return x + x\n'
# A course with rivals: one in variants/, one in rivals/.
MEASURED = {
    "exercises/double/exercise.toml": TOML + MEASURE,
    "reference/double/variants/added.py": ADDED,
    "reference/double/rivals/loops.py": LOOPS,
}


def measured(old, new, **files):
    """Return the files of the course with rivals, with a change in its settings."""
    assert old in MEASURE
    return MEASURED | {"exercises/double/exercise.toml": TOML + MEASURE.replace(old, new)} | files


# Its first bullet has two sentences on two lines. One property checks it, and so does the one for further devices.
TASK = "\n## The task\n\n- It is as long,\n  wherever it lies. → `shape`, `device`\n"
E, R = "exercises/double", "reference/double"


def write(root, changes, name="double"):
    """Write the small course with some of its files replaced, renamed or left out."""
    (root / "pyproject.toml").write_text("[tool.grader]\ntitle = 'Small'\nsubmission_seconds = 15.0\n")
    for path, text in (GOOD | changes).items():
        target = root / path.replace("double", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            target.write_text(text.replace("double", name))


@pytest.fixture
def complaints(tmp_path):
    """Return the complaints about the small course with some files replaced."""

    def read(changes):
        write(tmp_path, changes)
        return checking._read(load_course(tmp_path), ())["double"]

    return read


STATIC = [
    ({f"{E}/exercise.toml": None}, E, None, "no exercise.toml"),
    ({f"{E}/exercise.toml": TOML + "capter = 1\n"}, f"{E}/exercise.toml", None, "unknown field `capter`"),
    ({f"{E}/exercise.toml": TOML.replace("= 1\nmin", "= 'a'\nmin")}, f"{E}/exercise.toml", None, "chapter"),
    ({f"{E}/exercise.toml": TOML.replace("Double", " ")}, f"{E}/exercise.toml", 2, "empty title"),
    (
        {f"{E}/exercise.toml": TOML.replace("chapter = 1", "chapter = 0")},
        f"{E}/exercise.toml",
        3,
        "chapter = 0",
    ),
    (
        {f"{E}/exercise.toml": TOML.replace("minutes = 1", "minutes = 0")},
        f"{E}/exercise.toml",
        4,
        "minutes = 0",
    ),
    ({f"{E}/exercise.toml": TOML.replace("y = 1", "y = 6")}, f"{E}/exercise.toml", 5, "difficulty = 6"),
    ({f"{E}/exercise.toml": TOML + "call_seconds = 0.0\n"}, f"{E}/exercise.toml", 6, "call_seconds = 0"),
    ({f"{E}/exercise.toml": TOML + 'devices = ["gpu"]\n'}, f"{E}/exercise.toml", 6, "devices = ['gpu']"),
    (
        {f"{E}/exercise.toml": TOML + 'after = ["triple"]\n'},
        f"{E}/exercise.toml",
        None,
        "`triple`, which is not an exercise",
    ),
    ({f"{E}/exercise.toml": TOML + 'after = ["double"]\n'}, f"{E}/exercise.toml", None, "forms a cycle"),
    (
        {f"{E}/exercise.toml": TOML + '[[equivalent]]\nmutant = "a -> b"\nreason = ""\n'},
        f"{E}/exercise.toml",
        7,
        "equivalent without a reason",
    ),
    ({f"{E}/README.md": None}, f"{E}/README.md", None, "no such file"),
    ({f"{E}/double.py": None}, f"{E}/double.py", None, "no such file"),
    ({f"{E}/test_double.py": None}, f"{E}/test_double.py", None, "no such file"),
    ({f"{R}/solution.py": None}, f"{R}/solution.py", None, "no such file"),
    ({f"{E}/README.md": README + "TODO: the sources\n"}, f"{E}/README.md", 14, "a TODO"),
    ({f"{E}/test_double.py": TEST + "def ("}, f"{E}/test_double.py", 22, "not Python"),
    ({f"{R}/variants/added.py": "def double(x:\n"}, f"{R}/variants/added.py", 1, "not Python"),
    ({f"{E}/README.md": README.replace("$", "")}, f"{E}/README.md", None, "without a formula"),
    (
        {f"{E}/README.md": README.replace("example", "case")},
        f"{E}/README.md",
        None,
        "without a worked example",
    ),
    ({f"{E}/README.md": README.replace("double(x)", "it")}, f"{E}/README.md", None, "never says `double(x)`"),
    (
        {f"{E}/README.md": README + TASK + "- `x` stays as it was.\n"},
        f"{E}/README.md",
        19,
        'the sentence "`x` stays as it was." names no test that checks it',
    ),
    (
        {f"{E}/README.md": README + TASK + "- `x` stays\n  as it was. → `purity`\n"},
        f"{E}/README.md",
        19,
        "names `purity`, which is not a test",
    ),
    (
        {f"{E}/README.md": README.replace("(x)", "(x, n)")},
        f"{E}/README.md",
        3,
        "while the stub says `double(x)`",
    ),
    ({f"{E}/README.md": README.replace("3. c", "")}, f"{E}/README.md", 9, "2 hints"),
    ({f"{E}/double.py": "from torch import Tensor\n"}, f"{E}/double.py", None, "a stub without a function"),
    ({f"{E}/double.py": STUB.replace(" -> Tensor", "")}, f"{E}/double.py", 4, "doesn't say what it returns"),
    ({f"{E}/double.py": STUB.replace('"""Return 2 x."""', "")}, f"{E}/double.py", 4, "no docstring"),
    (
        {f"{E}/double.py": STUB.replace("raise NotImplementedError", "print")},
        f"{E}/double.py",
        4,
        "doesn't raise",
    ),
    (
        {f"{E}/test_double.py": TEST.replace("test_shape", "test_size")},
        f"{E}/test_double.py",
        None,
        "no test `test_shape`",
    ),
    (
        {f"{E}/test_double.py": TEST + TEST[TEST.index("@points") :]},
        f"{E}/test_double.py",
        24,
        "two tests `test_shape`",
    ),
    (
        {f"{E}/test_double.py": TEST + TEST[TEST.index("@points") :].replace("test_shape", "test_device")},
        f"{E}/test_double.py",
        24,
        "a test `test_device`",
    ),
    (
        {f"{E}/test_double.py": TEST.replace('submitted("double")', 'submitted("duoble")')},
        f"{E}/test_double.py",
        7,
        "the stub has no such function",
    ),
    (
        {f"{E}/test_double.py": TEST.replace("double = submitted", "other = len or submitted")},
        f"{E}/test_double.py",
        None,
        "no test asks for `double`",
    ),
    (
        {f"{E}/test_double.py": TEST.replace('"""Every entry is twice as large."""', "")},
        f"{E}/test_double.py",
        19,
        "`values` has no docstring",
    ),
    (
        {f"{E}/test_double.py": TEST.replace("test_shape(double", "test_shape(duoble")},
        f"{E}/test_double.py",
        12,
        "takes no function of the submission",
    ),
    (
        {f"{E}/test_double.py": TEST.replace("assert double(x).shape == x.shape", "double(x)")},
        f"{E}/test_double.py",
        12,
        "asserts nothing",
    ),
    (
        {f"{R}/solution.py": "def duoble(x):\n    return 2 * x\n"},
        f"{R}/solution.py",
        None,
        "no function `double`",
    ),
    (
        {f"{R}/solution.py": "def double(y):\n    return 2 * y\n"},
        f"{R}/solution.py",
        1,
        "while the stub says",
    ),
    (
        {f"{R}/solution.py": "import grader\n\n\ndef double(x):\n    return 2 * x\n"},
        f"{R}/solution.py",
        1,
        "it imports `grader`",
    ),
    ({f"{R}/misconceptions/cut.py": None}, f"{R}/misconceptions", None, "1 known mistakes"),
    ({f"{R}/variants/added.py": None}, f"{R}/variants", None, "no variant"),
    (
        {f"{R}/misconceptions/cut.py": "def double(x):\n    return x\n"},
        f"{R}/misconceptions/cut.py",
        1,
        "without a docstring",
    ),
    (
        {f"{R}/misconceptions/cut.py": '"""cut"""\n\n\ndef double(x):\n    return x\n'},
        f"{R}/misconceptions/cut.py",
        1,
        "without a message",
    ),
    (
        {f"{R}/misconceptions/cut.py": '"""Convention:\n\nThis."""\n\n\ndef double(x):\n    return x\n'},
        f"{R}/misconceptions/cut.py",
        1,
        "without a docstring",
    ),
    (
        {f"{R}/misconceptions/cut.py": '"""convention: cut\n\nIt."""\n\n\ndef double(x):\n    return x\n'},
        f"{R}/misconceptions/cut.py",
        1,
        "`convention: cut`, which marks no convention",
    ),
    (
        {f"{R}/misconceptions/cut.py": '"""Convention: cut\n\nIt."""\n\n\ndef double(x):\n    return x\n'},
        f"{R}/misconceptions/cut.py",
        1,
        "the convention `cut` without what the exercise asks for instead",
    ),
    (
        {f"{R}/misconceptions/cut.py": '"""halved\n\nTwice."""\n\n\ndef double(x):\n    return x\n'},
        f"{R}/misconceptions/halved.py",
        1,
        "is also the name of cut.py",
    ),
    (
        {f"{R}/misconceptions/cut.py": '"""cut\n\nIt cut."""\n'},
        f"{R}/misconceptions/cut.py",
        None,
        "no function `double`",
    ),
    (
        measured('"double"', '"triple"'),
        f"{E}/exercise.toml",
        8,
        "[measure] times `triple`, but the stub has no such function",
    ),
    (
        measured('x = "[n]"', ""),
        f"{E}/exercise.toml",
        9,
        "`inputs` gives nothing, while `double` needs x",
    ),
    (
        measured('x = "[n]"', 'x = "[n]", k = "n"'),
        f"{E}/exercise.toml",
        9,
        "`inputs` gives x, k, while `double` needs x",
    ),
    (
        measured('"[n]"', '"[n - 8]"'),
        f"{E}/exercise.toml",
        9,
        "`[n - 8]`: -4 is no length of a tensor (n = 4)",
    ),
    (
        measured('operations = "n"', 'operations = "n ** n"'),
        f"{E}/exercise.toml",
        11,
        "`n ** n`: `n ** n` is not allowed (n = 4)",
    ),
    (measured('"[n]"', '"n // 2"'), f"{E}/exercise.toml", 9, "`n // 2` is 2 for n = 4"),
    (
        measured('operations = "n"', 'operations = "[n, 2]"'),
        f"{E}/exercise.toml",
        11,
        "`[n, 2]` is the shape [4, 2] for n = 4",
    ),
    (
        measured('x = "[n]"', 'x = "[n]", k = "n / 8"')
        | {
            f"{E}/double.py": STUB.replace("x: Tensor)", "x: Tensor, *, k: int, s: int = 1)"),
        },
        f"{E}/exercise.toml",
        9,
        "`n / 8` is 0.5 for n = 4",
    ),
    (measured("[4, 64]", "[64, 64]"), f"{E}/exercise.toml", 12, "sizes = [64, 64]"),
    (measured("[4, 64]", "[0, 64]"), f"{E}/exercise.toml", 12, "sizes = [0, 64]"),
    (measured('"loops"', '"loops", "lops"'), f"{E}/exercise.toml", 10, "the rival `lops`, which has no file"),
    (measured('"loops"', '"loops", "added"'), f"{E}/exercise.toml", 10, "`added` is named 2 times"),
    (
        MEASURED | {f"{R}/rivals/loops.py": LOOPS.partition("\n")[2]},
        f"{R}/rivals/loops.py",
        1,
        "a rival without a docstring",
    ),
    (
        MEASURED | {f"{R}/variants/added.py": GOOD[f"{R}/variants/added.py"]},
        f"{R}/variants/added.py",
        1,
        "a rival without a docstring",
    ),
    (
        measured(', "loops"', ""),
        f"{R}/rivals/loops.py",
        None,
        "a rival that [measure] doesn't name",
    ),
    (
        {f"{R}/rivals/loops.py": LOOPS},
        f"{R}/rivals/loops.py",
        None,
        "a rival that [measure] doesn't name",
    ),
    (MEASURED | {f"{R}/rivals/loops.py": '"""Loops."""\n'}, f"{R}/rivals/loops.py", None, "no function"),
    (MEASURED | {f"{R}/rivals/loops.py": "def ("}, f"{R}/rivals/loops.py", 1, "not Python"),
    (
        MEASURED
        | {f"{E}/test_double.py": TEST.replace("test_values", "test_zeros") + TEST[TEST.rindex("@points") :]},
        f"{E}/test_double.py",
        19,
        "`zeros` comes too early",
    ),
]


@pytest.mark.parametrize(("changes", "path", "line", "found"), STATIC, ids=[one[-1] for one in STATIC])
def test_reading_finds_it(complaints, tmp_path, changes, path, line, found):
    """Each defect found without running code is reported with its file, line (if any) and fix."""
    said = [one for one in complaints(changes) if found in one.found]
    assert said, complaints(changes)
    assert said[0].path.removeprefix(f"{tmp_path}/") == path
    assert said[0].line == line
    assert said[0].expected
    assert said[0].remedy


def test_a_known_mistake_has_one_complaint_at_a_time(complaints):
    """A docstring with two defects gets a complaint about only the first one."""
    text = '"""cut"""\n\n\ndef double(x):\n    return x\n'
    said = [one.found for one in complaints({f"{R}/misconceptions/short.py": text}) if "short.py" in one.path]
    assert said == ["a misconception without a message"]


def test_a_good_exercise_reads_well(complaints):
    """The small course has no complaints."""
    assert complaints({f"{E}/README.md": README + TASK}) == []


RANDOM = (
    TEST
    + '''

@points(1)
@given(x=signals())
def test_noise(double, x):
    """Noise."""
    import os
    n = int.from_bytes(os.urandom(3), "big")
    assert double(x).shape == x.shape
    assert n % 2 or double(x) == close(x * 3)
'''
)
# `loops` stacks nothing for an empty signal, which is an error. Only `empty` tries this.
EMPTY = (
    TEST
    + '''

@points(1)
def test_empty(double):
    """Nothing is nothing."""
    import torch
    assert double(torch.zeros(0)).shape == (0,)
'''
)
PADDED = (
    '"""padded\n\nNo entry is made."""\n\n\ndef double(x):\n    return 2 * x if len(x) else x.new_zeros(3)\n'
)
TRIED = {
    "good": ({}, None),
    "good_rival": (MEASURED, None),
    "strange_rival": (
        MEASURED | {f"{E}/test_double.py": EMPTY, f"{R}/misconceptions/padded.py": PADDED},
        None,
    ),
    "strange_variant": (
        {
            f"{E}/test_double.py": EMPTY,
            f"{R}/misconceptions/padded.py": PADDED,
            f"{R}/variants/loops.py": LOOPS,
        },
        "a correct solution that fails empty (seed 20)",
    ),
    "wrong_rival": (
        MEASURED | {f"{R}/rivals/loops.py": LOOPS.replace("entry + entry", "entry")},
        "a correct solution that fails values (seed 20)",
    ),
    "long_rival": (
        MEASURED | {f"{R}/rivals/loops.py": LOOPS.replace("in x]", "in x] * 2")},
        "a correct solution that fails shape",
    ),
    "wrong_reference": (
        {f"{R}/solution.py": "def double(x):\n    return 3 * x\n"},
        "a correct solution that fails values (seed 20)",
    ),
    "wrong_variant": (
        {f"{R}/variants/added.py": "def double(x):\n    return x\n"},
        "a correct solution that fails values",
    ),
    "left_on_the_cpu": (
        {
            f"{R}/solution.py": "import torch\n\ndef double(x):\n    return torch.zeros(len(x), dtype=x.dtype) + 2 * x.cpu()\n"
        },
        "a correct solution that fails shape on sim, values on sim",
    ),
    "early_stub": (
        {f"{E}/double.py": STUB.replace("    raise", "    return x\n    raise")},
        "fails for another reason than a missing answer",
    ),
    "right_mistake": (
        {f"{R}/misconceptions/none.py": '"""none\n\nIt is right."""\n\n\ndef double(x):\n    return x * 2\n'},
        "a wrong solution that passes every test",
    ),
    "twins": (
        {f"{R}/misconceptions/again.py": '"""again\n\nTwin."""\n\n\ndef double(x):\n    return x * 0.5\n'},
        "a wrong solution that is recognised as again",
    ),
    "toothless": (
        {
            f"{E}/test_double.py": TEST
            + '\n\n@given(x=signals())\ndef test_nothing(double, x):\n    """Nothing."""\n    assert double(x) is not None\n'
        },
        "`nothing` catches no known mistake",
    ),
    "noisy": ({f"{E}/test_double.py": RANDOM}, ""),
    "no_module": ({f"{E}/test_double.py": "import nothing_like_this\n" + TEST}, "nothing_like_this"),
    "broken_property": (
        {f"{E}/test_double.py": TEST.replace("double(x).shape ==", "double(x).shape == 1 / 0 ==")},
        "division by zero",
    ),
}


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Try all the courses in one run, with one exercise per defect."""
    import subprocess
    import sys

    root = tmp_path_factory.mktemp("tried")
    for name, (changes, _) in TRIED.items():
        write(root, changes, name)
    done = subprocess.run(
        [sys.executable, "-m", "grader", "check", "--all", "--json", "-"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 1, done.stderr
    return {one["exercise"]: one for one in json.loads(done.stdout)["exercises"]}, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIED)
def test_trying_finds_it(tried, name):
    """Each defect that only a trial finds is reported, and the other exercises are still tested."""
    reports, _ = tried
    if "on sim" in (TRIED[name][1] or "") and not hasattr(backend_registration, registration.SETUP):
        pytest.skip("this torch has no simulated device")
    found = [one["found"] for one in reports[name]["complaints"]]
    expected = TRIED[name][1]
    if expected is None:
        assert found == []
    else:
        assert any(expected in one for one in found), found
        assert all(one["remedy"] and one["expected"] for one in reports[name]["complaints"])


@pytest.mark.slow
def test_the_kill_matrix_is_shown(tried):
    """The matrix has a row for each mistake and a column for each property; times are included."""
    reports, printed = tried
    assert [one["caught_by"] for one in reports["good"]["kills"]] == [["shape", "values"], ["values"]]
    assert set(reports["good"]["times"]) == {"shape", "values"}
    assert "  cut     x  x" in printed or "  cut      x  x" in printed
    assert "proved: 2 known mistakes caught and named" in printed


def test_one_complaint_at_a_time(tmp_path, run_grade):
    """The first complaint is shown in full and the rest are counted; its exercise isn't tried out."""
    write(tmp_path, {f"{E}/README.md": "# Double\n"})
    done = run_grade("check", "double", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("remedy:") == 1
    assert "and 3 more to fix: --all shows them" in done.stdout
    assert "a statement without a formula" in done.stdout


def test_without_a_reference(tmp_path, run_grade):
    """In a learner's copy, `grade check` reports that there is nothing to check."""
    write(tmp_path, {name: None for name in GOOD if name.startswith("reference")})
    import shutil

    shutil.rmtree(tmp_path / "reference")
    done = run_grade("check", cwd=tmp_path)
    assert done.returncode == 3
    assert "error[no-reference]" in done.stderr


def test_a_broken_exercise_keeps_nobody_from_the_others(tmp_path, run_grade):
    """A broken exercise can't be graded, but the others can still be listed and graded."""
    write(tmp_path, {})
    write(tmp_path, {f"{E}/exercise.toml": "format = 1\n"}, "triple")
    assert "triple is skipped" in run_grade("list", cwd=tmp_path).stdout
    mine = tmp_path / "submissions/me"
    mine.mkdir(parents=True)
    (mine / "double.py").write_text("def double(x):\n    return 2 * x\n")
    assert run_grade("run", mine, cwd=tmp_path).returncode == 0
    (mine / "triple.py").write_text("def triple(x):\n    return 3 * x\n")
    done = run_grade("run", mine, cwd=tmp_path)
    assert done.returncode == 3
    assert "error[exercise-toml]" in done.stderr


@pytest.mark.slow
def test_mutants(tmp_path, run_grade):
    """Survivors are listed with their line; equivalent mutants are listed with a reason."""
    write(
        tmp_path,
        {
            f"{R}/solution.py": "def double(x):\n    if len(x) > 100:\n        raise ValueError('long')\n    return 2 * x\n",
        },
    )
    done = run_grade("check", "--mutants", "--all", "--json", "-", cwd=tmp_path)
    report = json.loads(done.stdout)["exercises"][0]
    assert report["mutants"]["killed"] == 3
    assert "`2 * x` -> `3 * x`" not in report["mutants"]["survivors"]
    assert "`len(x) > 100` -> `len(x) > 101`" in report["mutants"]["survivors"]
    assert any(
        "a mutant that passes every test: `if len(x) > 100: raise` -> `pass`" in one["found"]
        for one in report["complaints"]
    )
    listed = "".join(
        f"[[equivalent]]\nmutant = '{name}'\nreason = 'long inputs are never drawn'\n"
        for name in report["mutants"]["survivors"]
    )
    write(
        tmp_path,
        {
            f"{E}/exercise.toml": TOML + listed,
            f"{R}/solution.py": (tmp_path / f"{R}/solution.py").read_text(),
        },
    )
    done = run_grade("check", "--mutants", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "mutants: 3 of 3 killed (100 %)" in done.stdout
    assert "corners: 30 of 30 killed (100 %)" in done.stdout
    stale = listed + "[[equivalent]]\nmutant = '`a` -> `b`'\nreason = 'gone'\n"
    (tmp_path / f"{E}/exercise.toml").write_text(TOML + stale)
    assert "which is not a mutant of the reference" in run_grade("check", "--mutants", cwd=tmp_path).stdout


def test_a_mutant_that_breaks_a_property_is_no_kill(tmp_path):
    """A mutant that couldn't be tested is neither killed nor surviving, and causes a complaint."""
    from grader.authoring import proof
    from grader.authoring.linting.rule import LintedExercise
    from grader.errors import GraderError

    write(tmp_path, {})
    desk = LintedExercise(load_course(tmp_path).exercises["double"], tmp_path)
    error = GraderError("property-broken", found="it broke", where="test_double.py", expected="a", remedy="b")
    outcomes = [(mutant, error) for mutant in proof_trials.mutants(desk.exercise)]
    proved = mutant_proof.weigh_mutants(desk, proof.Proof(exercise="double", complaints=[]), outcomes)
    assert proved.mutants is not None
    assert (proved.mutants.killed, proved.mutants.survivors) == (0, [])
    assert len(proved.complaints) == len(outcomes) > 0
    assert "it broke (while grading the mutant `2 * x`" in proved.complaints[0].found
