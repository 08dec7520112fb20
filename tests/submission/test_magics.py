"""IPython-only lines become comments, and Python lines stay unchanged."""

import ast
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submission.magics import _without_line_magics, without_magics

MAGICS = {
    "%matplotlib inline\nx = 1": "# %matplotlib inline\nx = 1",
    "x = 1\n!pip install torch": "x = 1\n# !pip install torch",
    "!ls \\\n  -l\nx = 1": "# !ls \\\n  # -l\nx = 1",
    '!echo "it\'s"\nx = 1': '# !echo "it\'s"\nx = 1',
    "files = !ls": "# files = !ls",
    "a, b = %time f()": "# a, b = %time f()",
    "d['='] = %pwd": "# d['='] = %pwd",
    "x: list = !ls": "# x: list = !ls",
    "torch.zeros?": "# torch.zeros?",
    "torch.zeros??\nx = 1": "# torch.zeros??\nx = 1",
    "?torch\n??torch": "# ?torch\n# ??torch",
    "if x:\n    %time f()": "if x:\n    pass  # %time f()",
    "def f():\n    !ls\n    return 1": "def f():\n    pass  # !ls\n    return 1",
    "%%bash\nls\necho 'it": "# %%bash\n# ls\n# echo 'it",
    "\n\n%%html\n<b>\n": "\n\n# %%html\n# <b>\n",
    "  %%bash\n  ls": "# %%bash\n# ls",
    "%%time\ndef f():\n    return 1": "# %%time\ndef f():\n    return 1",
    "%%capture out\n%matplotlib inline\nx = 1": "# %%capture out\n# %matplotlib inline\nx = 1",
    "%%timeit\nf()": "# %%timeit\n# f()",
    "%%time?\nx = 1": "# %%time?\nx = 1",
    "x = '''\n%a\n!b\nc?\n'''\n%z": "x = '''\n%a\n!b\nc?\n'''\n# %z",
    "x = (10\n% 3)\n!ls": "x = (10\n% 3)\n# !ls",
    "x = 10 \\\n% 3\n!ls": "x = 10 \\\n% 3\n# !ls",
    "x = 'it\\\n!s'\n!ls": "x = 'it\\\n!s'\n# !ls",
    "f'{x}?'\n!ls": "f'{x}?'\n# !ls",
    "x = 1  # why?\n%y": "x = 1  # why?\n# %y",
    "# = !ls\n%y": "# = !ls\n# %y",
    "x = 1  # \\\n%y": "x = 1  # \\\n# %y",
    "x != y\n%z": "x != y\n# %z",
    "x %= 3\n%z": "x %= 3\n# %z",
    "  x = 1\n  y = 2": "x = 1\ny = 2",
}
# Valid Python that must not change.
PLAIN = ["x = 5 % 3", "'''\n%%bash\n'''", "x = (10\n%3)", "x = '?'", "", "\n", "await f()", "x = '''\n!ls'''"]


@pytest.mark.parametrize("cell", MAGICS)
def test_a_magic_becomes_a_comment(cell):
    """Magics, shell lines and help become comments on their own lines; everything else stays."""
    assert without_magics(cell) == MAGICS[cell]


@pytest.mark.parametrize("cell", PLAIN)
def test_python_is_left_alone(cell):
    """A percent sign in an expression, a string or a continued line is not a magic."""
    assert without_magics(cell) == cell


@pytest.mark.parametrize("cell", [*MAGICS, *PLAIN])
def test_ipython_agrees(cell):
    """The changed lines are those that IPython itself rewrites."""
    inputtransformer2 = pytest.importorskip("IPython.core.inputtransformer2", reason="needs IPython")
    theirs = inputtransformer2.TransformerManager().transform_cell(cell)
    pairs = zip(cell.split("\n"), without_magics(cell).split("\n"), strict=True)
    assert ("get_ipython()" in theirs) == any("# " in new.removesuffix(old.lstrip()) for old, new in pairs)


def test_no_line_of_the_standard_library_is_a_magic():
    """No line of the standard library is mistaken for a magic, whatever its strings contain."""
    folder = Path(sysconfig.get_path("stdlib"))
    read = 0
    for path in sorted(folder.glob("*.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        assert _without_line_magics(text.split("\n")) == text.split("\n"), path
        read += 1
    assert read > 100


@given(st.text(alphabet="ab=%!?'\"\\#()[]{}\n ", max_size=60))
def test_lines_stay_where_they_are(cell):
    """Every line of a cell keeps its number, and a second pass changes nothing."""
    once = without_magics(cell)
    assert once.count("\n") == cell.count("\n")
    assert without_magics(once) == once


@given(st.text(alphabet="ab=%!?'\"\\#()[]{}\n ", max_size=60))
def test_what_parses_is_never_touched(cell):
    """A cell that parses as Python stays unchanged."""
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError):
        return
    assert without_magics(cell) == cell
