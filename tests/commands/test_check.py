"""`grade check` finds what is wrong with an exercise, and says what to do."""

import json

import pytest

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
README = "# Double\n\n`double(x)` is $2 x$.\n\n## A worked example\n\n[1] gives [2].\n\n## Hints\n\n1. a\n2. b\n3. c\n"
GOOD = {
    "pyproject.toml": "[tool.grader]\ntitle = 'Small'\n",
    "exercises/double/exercise.toml": 'format = 1\ntitle = "Double"\nchapter = 1\nminutes = 1\ndifficulty = 1\n',
    "exercises/double/README.md": README,
    "exercises/double/double.py": "from torch import Tensor\n\n\ndef double(x: Tensor) -> Tensor:\n    raise NotImplementedError('TODO')\n",
    "exercises/double/test_double.py": TEST,
    "reference/double/solution.py": "def double(x):\n    return 2 * x\n",
    "reference/double/variants/added.py": "def double(x):\n    return x + x\n",
    "reference/double/misconceptions/halved.py": '"""halved\n\nHalf is not double."""\n\n\ndef double(x):\n    return x / 2\n',
    "reference/double/misconceptions/cut.py": '"""cut\n\nIt lost an entry."""\n\n\ndef double(x):\n    return 2 * x[1:]\n',
}


@pytest.fixture
def checked(tmp_path, run_grade):
    """Check a small course with some files replaced; return exit code, complaints and stderr."""

    def check(**changes):
        for name, text in (GOOD | {name.replace("__", "/"): text for name, text in changes.items()}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text)
        done = run_grade("check", "--json", "-", cwd=tmp_path)
        report = json.loads(done.stdout) if done.stdout else {"exercises": []}
        found = [(one["found"], one["remedy"]) for each in report["exercises"] for one in each["complaints"]]
        return done.returncode, found, done.stderr

    return check


def test_a_good_exercise_is_proved(checked):
    """Nothing to mend, exit code 0, and the kill matrix is printed."""
    code, complaints, printed = checked()
    assert (code, complaints) == (0, [])
    assert "  cut      x  x" in printed
    assert "  halved   .  x" in printed
    assert "proved: 2 known mistakes caught and named" in printed


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            {"reference/double/solution.py": "def double(x):\n    return 3 * x\n"},
            "a right solution that fails values",
        ),
        (
            {"reference/double/variants/added.py": "def double(x):\n    return x\n"},
            "a right solution that fails values",
        ),
        (
            {
                "exercises/double/double.py": "from torch import Tensor\n\n\ndef double(x: Tensor) -> Tensor:\n    return x\n"
            },
            "a stub that earns 1 points",
        ),
        (
            {
                "reference/double/misconceptions/none.py": '"""none\n\nIt is right."""\n\n\ndef double(x):\n    return x * 2\n'
            },
            "a wrong solution that meets every property",
        ),
        (
            {
                "reference/double/misconceptions/again.py": '"""again\n\nTwin."""\n\n\ndef double(x):\n    return x * 0.5\n'
            },
            "a wrong solution that is named as again",
        ),
        (
            {
                "reference/double/misconceptions/cut.py": '"""cut"""\n\n\ndef double(x):\n    return 2 * x[1:]\n'
            },
            "without a message",
        ),
        ({"exercises/double/README.md": "# Double\n\ndouble(x), for example $2x$.\n"}, "0 hints"),
        ({"exercises/double/README.md": README.replace("$", "")}, "a statement without a formula"),
        (
            {"exercises/double/README.md": README.replace("example", "case")},
            "a statement without a worked example",
        ),
        (
            {"exercises/double/README.md": README.replace("double(x)", "it")},
            "a statement that never says `double(...)`",
        ),
        (
            {
                "exercises/double/test_double.py": TEST
                + '\n\ndef test_nothing(double):\n    """Nothing."""\n    assert double.__name__ == "double"\n'
            },
            "`nothing` catches no known mistake",
        ),
    ],
)
def test_a_defect_is_named_with_its_remedy(checked, changes, found):
    """Each defect of an exercise is a complaint with a remedy, and ends with exit code 1."""
    code, complaints, _ = checked(**changes)
    assert code == 1
    assert any(found in one and remedy for one, remedy in complaints), complaints


@pytest.mark.parametrize(
    ("changes", "slug", "words"),
    [
        (
            {"exercises/double/test_double.py": "import nothing_like_this\n"},
            "properties",
            "nothing_like_this",
        ),
        (
            {"exercises/double/test_double.py": TEST.replace('submitted("double")', 'submitted("duoble")')},
            "property-broken",
            "asks for `double`",
        ),
        (
            {"exercises/double/test_double.py": TEST.replace("double(x).shape", "1 / 0")},
            "property-broken",
            "division by zero",
        ),
        (
            {
                "exercises/double/test_double.py": TEST.replace(
                    "def test_shape(double, x):", "def test_shape(duoble, x):"
                )
            },
            "property-broken",
            "asks for `duoble`",
        ),
    ],
)
def test_a_broken_property_stops_the_grader(checked, changes, slug, words):
    """What is wrong with the properties themselves is the grader's own error, exit code 3, never a verdict."""
    code, _, stderr = checked(**changes)
    assert code == 3
    assert f"error[{slug}]" in stderr
    assert words in stderr


def test_without_a_reference(checked):
    """A learners' copy has nothing to check, and says so."""
    code, _, stderr = checked(**{"reference/double/solution.py": None})
    assert code == 3
    assert "error[no-reference]" in stderr
