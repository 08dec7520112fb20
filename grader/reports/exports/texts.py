"""What no platform may take for markup of its own: control characters, formulas, fences, commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from grader.errors import GraderError, legible
from grader.sanitize import COMMAND

# How much is said of each property: the first that fits is taken.
DETAILS = (20_000, 4_000, 1_000, 200, 60)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&@$])")
_FORMULA = re.compile(r"\s*[=+\-@|]")


def visible(text: str) -> str:
    """Return a text without control characters, and without what a CI takes for a command to itself."""
    kept = legible(text)
    return COMMAND.sub(lambda found: f"{found[0][:-1]} {found[0][-1]}", kept)


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(visible(text).split())


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters; where something is left out, the end says so."""
    if len(text) <= most:
        return text
    note = f"\n... (the rest of {len(text)} characters is cut)"
    return text[: most - len(note)] + note if most > len(note) else text[:most]


def as_json(document: Any) -> str:
    """Return a document as JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def fenced(text: str) -> str:
    """Return a text as a block of code that nothing in it can close."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    line = one_line(text)
    return f"'{line}" if _FORMULA.match(line) else line


def fitted(write: Callable[[int], str], most: int) -> str:
    """Return what is written with as much detail as fits into so many bytes."""
    size = 0
    for detail in DETAILS:
        text = write(detail)
        size = len(text.encode())
        if size <= most:
            return text
    raise GraderError(
        "export-too-large",
        found=f"{size} bytes, with as little said of each property as can be",
        where="the export",
        expected=f"at most {most} bytes, which is what the platform takes",
        remedy="grade fewer exercises at once: `grade run SUBMISSION --exercise ...`",
    )
