"""How a report stands on a terminal: marks, headings, and what is indented below them."""

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
    """Return the columns beside the indent."""
    return max(console.width - INDENT, 1)


def mark(verdict: Verdict, console: Console) -> str:
    """Return a verdict's sign."""
    sign, plain = MARKS[verdict]
    return plain if ascii_fallback.is_plain(console.encoding) else sign


def heading(text: Text, console: Console) -> None:
    """Print what is said of one finding, with an empty line above."""
    console.print()
    console.print(Padding(text, (0, 0, 0, INDENT // 2), expand=False))


def paragraph(text: str, console: Console, style: str = "") -> None:
    """Print a text that may be broken into lines; of an empty one nothing."""
    if text:
        console.print(Padding(Text(text, style), (0, 0, 0, INDENT), expand=False))


def verbatim(lines: Iterable[str], console: Console, style: str = "") -> None:
    """Print lines as they are, the marked cells of a table in red."""
    for line in lines:
        text = Text(" " * INDENT + line, style)
        text.highlight_regex(r"\S+\*", "bold red")
        # A matrix whose rows are broken in two can't be read; that is left to the terminal.
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
