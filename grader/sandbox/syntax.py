"""What a submission's text defines, as far as it can be read without running it."""

from __future__ import annotations

import ast
import dataclasses
import re
import warnings
from collections.abc import Iterator, Sequence

from grader.exercises import Function, functions_of
from grader.sandbox import cells

DEFINITION = re.compile(r"^def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)


def parse(source: str) -> ast.Module | None:
    """Return a text's syntax tree, or None where it has none."""
    try:
        with warnings.catch_warnings():
            # What Python would have written otherwise is told by the worker.
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def functions_in(text: str, starts: Sequence[int] = ()) -> Iterator[Function]:
    """Yield the functions that a text defines, cell by cell, with their lines in the whole of it."""
    for start, cell in zip(starts or cells.TOP, cells.split(text, starts), strict=True):
        if (tree := parse(cell)) is not None:
            for function in functions_of(tree):
                yield dataclasses.replace(function, line=function.line + start - 1)


def names_in(text: str, starts: Sequence[int] = ()) -> set[str]:
    """Return the names of the functions that a text defines, or means to: a typo in one hides none."""
    names: set[str] = set()
    for cell in cells.split(text, starts):
        tree = parse(cell)
        names |= set(DEFINITION.findall(cell)) if tree is None else {one.name for one in functions_of(tree)}
    return names


def binds(cell: str, name: str) -> bool:
    """Say whether a text defines a name or assigns to it, also one that doesn't parse."""
    word = re.escape(name)
    return (
        re.search(rf"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+{word}\b|{word}[ \t]*=(?!=))", cell, re.MULTILINE)
        is not None
    )


def imports(cell: str, name: str) -> bool:
    """Say whether a text has an import that binds a name."""
    word = re.escape(name)
    return re.search(rf"^[ \t]*(?:from|import)\b.*\b{word}\b", cell, re.MULTILINE) is not None
