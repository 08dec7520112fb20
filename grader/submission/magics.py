"""Turns lines that only IPython understands into comments.

Such a line must begin a statement, so `%`, `!` and `?` are left alone inside multi-line strings and
expressions.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.submission.syntax import parse

CELL_MAGIC = re.compile(r"%%(\w+|!)(?![\w?])")
# These run the rest of their cell as Python, in the notebook's namespace.
TRANSPARENT = frozenset({"time", "capture", "prun"})
LINE_MAGIC = re.compile(r"[ \t]*[%!?]")
ASSIGNED = re.compile(r"(?<![=!<>])=[ \t]*[%!](?!=)")
HELP = re.compile(r"\?[ \t]*$")

OUTSIDE = re.compile(r"""#.*|\"{3}|'{3}|["'()\[\]{}]""")
INSIDE = {quote: re.compile(rf"\\.|{quote}") for quote in ('"""', "'''", '"', "'")}


class Open(NamedTuple):
    """What is still open at the end of a line: a string, brackets, or a backslash continuation."""

    quote: str = ""
    depth: int = 0
    continued: bool = False


NOTHING = Open()


def without_magics(cell: str) -> str:
    """Return a cell's text as Python. Line numbers don't change."""
    if parse(cell) is not None:
        return cell
    lines = _without_margin(cell.split("\n"))
    first = next((line for line in lines if line.strip()), "")
    magic = CELL_MAGIC.match(first)
    if magic and magic[1] not in TRANSPARENT:
        return "\n".join(_comment(line) for line in lines)
    return "\n".join(_without_line_magics(lines))


def _without_margin(lines: list[str]) -> list[str]:
    """Remove the first line's indentation from all lines that have it, as IPython does."""
    first = next((line for line in lines if line.strip()), "")
    margin = first[: len(first) - len(first.lstrip(" \t"))]
    return [line.removeprefix(margin) for line in lines]


def _without_line_magics(lines: list[str]) -> list[str]:
    kept = []
    state, in_magic = NOTHING, False
    for line in lines:
        code, after = _read(line, state)
        if in_magic or (state == NOTHING and _is_magic(code)):
            kept.append(_comment(line, keeps_block=not in_magic))
            in_magic = line.endswith("\\")
        else:
            kept.append(line)
            state = after
    return kept


def _is_magic(code: str) -> bool:
    return any((LINE_MAGIC.match(code), ASSIGNED.search(code), HELP.search(code)))


def _comment(line: str, *, keeps_block: bool = False) -> str:
    """Return a line as a comment. With `keeps_block`, add `pass` so that the block isn't empty."""
    text = line.lstrip(" \t")
    indent = line[: len(line) - len(text)]
    return f"{indent}{'pass  ' if indent and keeps_block else ''}# {text}" if text else line


def _read(line: str, state: Open) -> tuple[str, Open]:
    """Return a line's code outside strings, brackets and comments, and what is still open at its end."""
    quote, depth = state.quote, state.depth
    at, code = 0, ""
    while True:
        found = (INSIDE[quote] if quote else OUTSIDE).search(line, at)
        if not quote and not depth:
            code += line[at : found.start() if found else len(line)]
        if found is None:
            break
        at, sign = found.end(), found[0]
        if quote:
            quote = "" if sign == quote else quote
        elif sign[0] in "\"'":
            quote, code = sign, code + "_"
        elif sign in "([{":
            depth, code = depth + 1, code + "_"
        elif sign in ")]}":
            depth = max(depth - 1, 0)
    # An escaped backslash and a comment have been read to their end.
    dangling = at < len(line) and line.endswith("\\")
    if len(quote) == 1 and not dangling:
        quote = ""
    return code, Open(quote, depth, dangling and not quote)
