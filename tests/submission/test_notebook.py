"""Reading a notebook gives its code cells as text, and a clear error for anything else."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook_maker import document, made

from grader.errors import GraderError, UsageError
from grader.submission import notebook
from grader.submission.files import MAX_SOURCE

REAL = Path(__file__).resolve().parent.parent / "notebooks"
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["code", "%ls", "def f(:", "\x00"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "input", "worksheets", "nbformat", "x"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
CELLS = st.fixed_dictionaries({"cell_type": VALUES | st.just("code"), "source": VALUES, "input": VALUES})
NOTEBOOKS = st.fixed_dictionaries(
    {
        "nbformat": st.sampled_from([3, 4]) | VALUES,
        "cells": st.lists(CELLS, max_size=4) | VALUES,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELLS, max_size=3)})) | VALUES,
    }
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks") / "a.ipynb"


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return notebook.read(path)


def refusal(path, content):
    with pytest.raises(UsageError) as caught:
        read(path, content)
    assert "invalid" not in str(caught.value)
    return caught.value.slug, caught.value.found


def test_code_cells_become_one_text(path):
    """Cells follow one another on separate lines, and each cell's first line number is returned."""
    assert read(path, made("a = 1\nb = 2", "", "c = 3\n")) == ("a = 1\nb = 2\n\nc = 3\n", (1, 3, 4))


def test_only_code_is_read(path):
    """Prose, raw cells, outputs and metadata are not part of the text."""
    prose = {"cell_type": "markdown", "metadata": {}, "source": "x = 1"}
    raw = {"cell_type": "raw", "metadata": {}, "source": ["x = 2"]}
    loud = {"cell_type": "code", "source": "x = 3", "outputs": [{"text": "x = 4"}], "metadata": {"x": 5}}
    assert read(path, made(prose, raw, loud, metadata={"kernelspec": 7})) == ("x = 3", (1,))


def test_source_is_a_string_or_a_list_of_lines(path):
    """Source as one string or as a list of lines gives the same text."""
    code = {"cell_type": "code", "source": "a\nb"}
    assert read(path, made(code)) == read(path, made({**code, "source": ["a\n", "b"]})) == ("a\nb", (1,))


def test_windows_line_ends_and_byte_order_marks(path):
    """Other kinds of line endings and editors' byte order marks are removed before compiling."""
    assert read(path, b"\xef\xbb\xbf" + made({"cell_type": "code", "source": "a\r\nb\rc"}).encode()) == (
        "a\nb\nc",
        (1,),
    )


def test_magics_become_comments(path):
    """IPython's special lines become comments and keep their line numbers."""
    assert read(path, made("%ls\nx = 1", "%%bash\nls")) == ("# %ls\nx = 1\n# %%bash\n# ls", (1, 3))


def test_what_jupyter_wrote():
    """A notebook that was run in a kernel yields its code cells without any output."""
    text, starts = notebook.read(REAL / "executed.ipynb")
    assert len(starts) == 7
    assert text.startswith("# %matplotlib inline\nimport matplotlib.pyplot as plt\nimport torch\n")
    assert "# !echo shells are left out" in text
    assert "image/png" not in text
    compile(text, "a", "exec")


def test_version_3_has_the_same_text():
    """The older notebook format yields the same text."""
    assert notebook.read(REAL / "version3.ipynb") == notebook.read(REAL / "executed.ipynb")


def test_nbformat_agrees():
    """nbformat finds the same code cells in real notebooks."""
    nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
    for name in ("executed", "version3"):
        found = nbformat.read(REAL / f"{name}.ipynb", as_version=4)
        _, starts = notebook.read(REAL / f"{name}.ipynb")
        assert len([cell for cell in found.cells if cell.cell_type == "code"]) == len(starts)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "text that is not JSON"),
        ("x", "text that is not JSON (unexpected character (byte 0))"),
        ("{", "text that is not JSON"),
        (b"\xff\xfe{\x00}\x00", "text that is not JSON"),
        ('{"nbformat": 4, "cells": []} {}', "text that is not JSON (trailing characters"),
        ("[]", "JSON that is not a notebook: Expected `object`, got `array`"),
        ("{}", "JSON that is not a notebook: Object missing required field `nbformat`"),
        ('{"nbformat": 4}', "JSON that is not a notebook: Object missing required field `cells`"),
        ('{"nbformat": 3}', "JSON that is not a notebook: Object missing required field `worksheets`"),
        ('{"nbformat": 2, "worksheets": []}', "a notebook of format 2"),
        ('{"nbformat": 5, "cells": []}', "a notebook of format 5"),
        ('{"nbformat": 99, "cells": []}', "a notebook of format 99"),
        (
            '{"nbformat": "4", "cells": []}',
            "JSON that is not a notebook: Expected `int`, got `str` - at `$.nbformat`",
        ),
        ('{"nbformat": 1e400}', "JSON that is not a notebook"),
        ('{"nbformat": ' + "9" * 100_000 + "}", "JSON that is not a notebook"),
        (made({"cell_type": "code", "source": 7}), "got `int` - at `$.cells[0].source`"),
        (made({"cell_type": "code", "source": ["a", None]}), "got `null` - at `$.cells[0].source[1]`"),
        (made({"cell_type": "code"}), "missing required field `source` - at `$.cells[0]`"),
        (made({"cell_type": 1, "source": ""}), "at `$.cells[0].cell_type`"),
        (made(metadata={}).replace('"cells": []', '"cells": [[]]'), "at `$.cells[0]`"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\xff"}]}', "text that is not JSON"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\xed\xa0\x80"}]}', "not JSON"),
        ('{"x": ' + "[" * 100_000, "JSON that is nested too deeply"),
        ('{"x": ' + '{"x":' * 100_000 + "1" + "}" * 100_001, "nested too deeply"),
    ],
)
def test_what_is_no_notebook(path, content, words):
    """Each refusal says what was found and where in the file."""
    slug, found = refusal(path, content)
    assert slug == "not-a-notebook"
    assert words in found


def test_the_last_of_equal_keys_counts(path):
    """If a key occurs twice, the last value counts, as in Jupyter."""
    last = '{"nbformat": 99, "nbformat": 4, "cells": 3, "cells": [{"cell_type": "code", "source": "a", "source": "b"}]}'
    assert json.loads(last)["cells"][0]["source"] == "b"
    # A key that is read must be valid at every place.
    assert refusal(path, last)[0] == "not-a-notebook"
    assert read(path, last.replace('"cells": 3, ', "")) == ("b", (1,))


def test_outputs_may_hold_anything(path):
    """Outputs are skipped, so neither their numbers nor their size matters."""
    big = "[" + "[]," * 1_000_000 + "9" * 5000 + "]"
    text = made("x = 1").replace('"outputs": []', f'"outputs": {big}')
    assert read(path, text) == ("x = 1", (1,))


def test_sizes(path):
    """The code has the same size limit as a Python file, but the notebook may be larger."""
    fits = "#" * (MAX_SOURCE - 1)
    assert read(path, made(fits, metadata={"x": "y" * MAX_SOURCE}))[0] == fits
    assert refusal(path, made(fits, "")) == (
        "unreadable-submission",
        "more than 256 KiB of source in its code cells",
    )
    assert refusal(path, made("é" * (MAX_SOURCE // 2)))[0] == "unreadable-submission"
    path.write_bytes(b" " * (notebook.MAX_FILE + 1))
    with pytest.raises(UsageError, match="more than 16384 KiB"):
        notebook.read(path)


def test_links_and_pipes_are_refused(tmp_path):
    """A notebook must be a regular file, like any other answer."""
    (tmp_path / "a.ipynb").symlink_to(REAL / "executed.ipynb")
    os.mkfifo(tmp_path / "b.ipynb")
    for name in ("a", "b"):
        with pytest.raises(UsageError) as caught:
            notebook.read(tmp_path / f"{name}.ipynb")
        assert caught.value.slug == "unreadable-submission"


def outcome(path, content):
    """Return the result of reading: a text with its cells, or a refusal. Anything else fails the test."""
    try:
        text, starts = read(path, content)
    except GraderError as error:
        return error.slug
    assert list(starts) == sorted(set(starts))
    assert all(0 < start <= text.count("\n") + 1 for start in starts)
    text.encode()
    return text


@given(content=VALUES | NOTEBOOKS)
def test_any_json_is_a_text_or_a_refusal(path, content):
    """Any JSON in the file is read or refused, and nothing else is raised."""
    outcome(path, json.dumps(content))


@given(content=st.binary(max_size=60))
def test_any_bytes_are_a_text_or_a_refusal(path, content):
    """Any bytes in the file are read or refused."""
    outcome(path, content)


@given(
    cells=st.lists(st.text(max_size=30), max_size=5),
    at=st.integers(0, 400),
    byte=st.binary(min_size=1, max_size=1),
)
def test_a_damaged_notebook_is_a_text_or_a_refusal(path, cells, at, byte):
    """A notebook with one changed byte is read or refused."""
    content = made(*cells).encode()
    outcome(path, content[: at % len(content)] + byte + content[at % len(content) + 1 :])


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "-Infinity",
        r'"\ud800"',
        r'"\ud83d\ude00 \udead \\"',
        r'["NaN, \"Infinity\"", NaN]',
        f"[NaN, {'9' * 5000}, 1e{'9' * 5000}]",
    ],
    ids=["no number", "infinity", "half a character", "halves and wholes", "words in texts", "long numbers"],
)
def test_what_jupyter_writes_and_json_has_not(path, value):
    """A NaN or half a surrogate pair in an output or in metadata is accepted."""
    content = made("x = 1", metadata={"odd": 0}).replace('"odd": 0', f'"odd": {value}')
    assert value in content
    path.write_text(content)
    assert notebook.read(path) == ("x = 1", (1,))


def test_half_of_a_character_in_a_cell(path):
    """Half a surrogate pair isn't valid text, so it is replaced."""
    path.write_text(made("x = 'HERE'").replace("HERE", r"\ud800"))
    assert notebook.read(path) == ("x = '?'", (1,))


def test_nothing_of_jupyter_is_imported():
    """Reading a notebook doesn't import any Jupyter package."""
    import subprocess
    import sys

    code = f"""
import sys
from pathlib import Path
from grader.submission import notebook
notebook.read(Path({str(REAL / "executed.ipynb")!r}))
print([name for name in ("nbformat", "jsonschema", "IPython", "torch") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_maker_makes_what_jupyter_would():
    """nbformat accepts the notebooks of these tests."""
    nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
    nbformat.validate(nbformat.from_dict(document("a = 1\n", "")))


def test_an_error_behind_what_is_mended_is_where_it_was(path):
    """An error in the JSON is reported at its byte in the file, even after an earlier repair."""
    content = made("x = 1", metadata={"odd": 0}).replace('"odd": 0', r'"odd": [NaN, -Infinity, "\ud800"], oh')
    path.write_text(content)
    with pytest.raises(UsageError, match=rf"\(byte {content.index('oh')}\)"):
        notebook.read(path)
