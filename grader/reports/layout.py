"""The layout of a report in the terminal: marks, headings, and indented text."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.report_model import Verdict
from grader.reports import ascii_fallback

MARKS: dict[Verdict, tuple[str, str]] = {"met": ("✓", "+"), "not met": ("✗", "x"), "not judged": ("○", "o")}
STYLES: dict[Verdict, str] = {"met": "green", "not met": "bold red", "not judged": "yellow"}
INDENT = 4


def room(console: Console) -> int:
    """Return the number of columns to the right of the indent."""
    return max(console.width - INDENT, 1)


def mark(verdict: Verdict, console: Console) -> str:
    """Return a verdict's symbol, or its ASCII form if the terminal doesn't support UTF-8."""
    sign, plain = MARKS[verdict]
    return plain if ascii_fallback.is_plain(console.encoding) else sign


def heading(text: Text, console: Console) -> None:
    """Print the heading of one finding, with an empty line above."""
    console.print()
    console.print(Padding(text, (0, 0, 0, INDENT // 2), expand=False))


def paragraph(text: str, console: Console, style: str = "") -> None:
    """Print text that may wrap, or nothing if the text is empty."""
    if text:
        console.print(Padding(Text(text, style), (0, 0, 0, INDENT), expand=False))


def verbatim(lines: Iterable[str], console: Console, style: str = "") -> None:
    """Print lines without wrapping them, and highlight a table's marked cells in red."""
    for line in lines:
        text = Text(" " * INDENT + line, style)
        text.highlight_regex(r"\S+\*", "bold red")
        # Don't wrap: a matrix with broken rows can't be read.
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
