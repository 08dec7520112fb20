"""Escape what a platform could read as markup: control characters, formulas, fences, commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from grader.errors import GraderError, legible
from grader.sanitize import COMMAND

# Characters per test. The first level that fits is used.
DETAILS = (20_000, 4_000, 1_000, 200, 60)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&@$])")
_FORMULA = re.compile(r"\s*[=+\-@|]")


def visible(text: str) -> str:
    """Return a text without control characters, and without CI commands."""
    kept = legible(text)
    return COMMAND.sub(lambda found: f"{found[0][:-1]} {found[0][-1]}", kept)


def one_line(text: str) -> str:
    """Return a text on one line, without control characters and CI commands."""
    return " ".join(visible(text).split())


def cut(text: str, most: int) -> str:
    """Return a text, truncated to this number of characters. A note at the end says if it was truncated."""
    if len(text) <= most:
        return text
    note = f"\n... (cut: the text has {len(text)} characters)"
    return text[: most - len(note)] + note if most > len(note) else text[:most]


def as_json(document: Any) -> str:
    """Return a document as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def markdown(text: str) -> str:
    """Return a text on one line, escaped for Markdown."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def fenced(text: str) -> str:
    """Return a text as a code block. The fence is longer than any fence in the text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def cell(text: str) -> str:
    """Return a text that a spreadsheet doesn't read as a formula."""
    line = one_line(text)
    return f"'{line}" if _FORMULA.match(line) else line


def fitted(write: Callable[[int], str], most: int) -> str:
    """Return the output of `write` with the most detail that fits into this number of bytes."""
    size = 0
    for detail in DETAILS:
        text = write(detail)
        size = len(text.encode())
        if size <= most:
            return text
    raise GraderError(
        "export-too-large",
        found=f"{size} bytes, even with the shortest text for each test",
        where="the export",
        expected=f"at most {most} bytes, the platform's limit",
        remedy="grade fewer exercises at once: `grade run SUBMISSION --exercise ...`",
    )
