"""Reads the code cells of a notebook as text.

Outputs and metadata are skipped and never decoded.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Annotated

import msgspec

from grader import source_text
from grader.errors import UsageError
from grader.submission import files
from grader.submission.magics import without_magics

SUFFIX = ".ipynb"
MAX_FILE = 16 << 20

# Strings, and the number words that JSON lacks. An unclosed string ends with the text, so that each byte is
# read only once.
_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|NaN|-?Infinity', re.DOTALL)
_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
Text = str | list[str]


class _Head(msgspec.Struct):
    nbformat: Annotated[int, msgspec.Meta(ge=1, le=99)]


class _Cell(msgspec.Struct):
    cell_type: str
    source: Text


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


class _OldCell(msgspec.Struct):
    cell_type: str
    # Only code cells have it. Other cells call their text `source`.
    input: Text = ""


class _Sheet(msgspec.Struct):
    cells: list[_OldCell]


class _OldNotebook(msgspec.Struct):
    worksheets: list[_Sheet]


def read(path: Path) -> tuple[str, tuple[int, ...]]:
    """Return the text of a notebook's code cells, and the line on which each begins."""
    content = files.read_bytes(path, MAX_FILE).removeprefix(codecs.BOM_UTF8)
    try:
        parts = _code_of(content, path)
    except msgspec.ValidationError as error:
        raise _no_notebook(path, f"JSON that is not a notebook: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _no_notebook(path, f"text that is not JSON ({_worded(error)})") from None
    except RecursionError:
        raise _no_notebook(path, "JSON that is nested too deeply") from None
    if sum(len(part.encode()) + 1 for part in parts) > files.MAX_SOURCE:
        raise files.unreadable(path, f"more than {files.MAX_SOURCE >> 10} KiB of source in its code cells")
    return source_text.joined(without_magics(files.with_plain_ends(part)) for part in parts)


def _code_of(content: bytes, path: Path) -> list[str]:
    """Return the text of the code cells. Accept values that Jupyter writes although JSON forbids them."""
    try:
        return _code(content, path)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return _code(_mended(content), path)


def _code(content: bytes, path: Path) -> list[str]:
    version = msgspec.json.decode(content, type=_Head).nbformat
    if version == 4:
        found = msgspec.json.decode(content, type=_Notebook).cells
        return [_whole(one.source) for one in found if one.cell_type == "code"]
    if version == 3:
        sheets = msgspec.json.decode(content, type=_OldNotebook).worksheets
        return [_whole(one.input) for sheet in sheets for one in sheet.cells if one.cell_type == "code"]
    raise _no_notebook(path, f"a notebook of format {version}")


def _mended(content: bytes) -> bytes:
    """Return Jupyter's text as valid JSON, without NaN and without lone surrogates in outputs.

    Each byte keeps its position, because an error message may report the position.
    """
    return _TOKENS.sub(_mended_token, content)


def _mended_token(token: re.Match[bytes]) -> bytes:
    """Return a string without lone surrogates, or zero for a number that JSON can't represent."""
    text = token[0]
    if not text.startswith(b'"'):
        return b"0".ljust(len(text))
    return _ESCAPES.sub(_whole_character, text) if b"\\u" in text else text


def _whole_character(escape: re.Match[bytes]) -> bytes:
    return rb"\u003f" if escape["half"] else escape[0]


def _whole(text: Text) -> str:
    whole = text if isinstance(text, str) else "".join(text)
    return whole.encode("utf-8", "replace").decode("utf-8")


def _worded(error: Exception) -> str:
    return str(error).removeprefix("JSON is malformed: ").replace("invalid", "unexpected")


def _no_notebook(path: Path, found: str) -> UsageError:
    return UsageError(
        "not-a-notebook",
        found=found,
        where=str(path),
        expected="a notebook as Jupyter saves it, of format 3 or 4",
        remedy="open it in Jupyter, clear its outputs and save it",
    )
