"""Fingerprints of Python code. Renaming, reformatting or commenting the code doesn't change them.

The method is winnowing: Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document
Fingerprinting", SIGMOD 2003. The symbols come from the syntax tree, because the tokens of an f-string
differ between versions of Python. Each symbol is a keyword, an operator, a name or a number.
"""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from grader.sandbox import processes
from grader.submission import syntax

# So many symbols in a row form a gram: about one line of code. Fewer agree by chance.
GRAM = 12
# Of so many grams in a row, at least one becomes a fingerprint.
WINDOW = 4

OWN_NAME, TEXT = "name", "text"
# Annotations change nothing that the code does, and `ctx` only repeats what the place of a name says.
_UNREAD = {"annotation", "returns", "type_params", "ctx"}
_UNNAMED = (ast.Module, ast.arguments, ast.expr_context, ast.Expr)


class Gram(NamedTuple):
    """The digest of some symbols in a row, and their first and last line."""

    digest: int
    first: int
    last: int


def read(texts: Iterable[str]) -> dict[str, list[Gram] | None]:
    """Return the grams of each text, or None for a text without a syntax tree or one that costs too much.

    A process with limited memory and time reads the texts, because they come from strangers. If it dies, a
    new one begins with the text at which it died. If it dies again at once, that text is left out.
    """
    waiting = [*dict.fromkeys(texts)]
    found: dict[str, list[Gram] | None] = {}
    while len(found) < len(waiting):
        rest = waiting[len(found) :]
        answers = _from_child(rest) or [None]
        found.update(zip(rest, answers, strict=False))
    return found


def winnow(grams: Sequence[Gram]) -> list[Gram]:
    """Return the gram with the smallest digest of each window. Of equal ones, the last counts.

    The choice depends only on the window. So two texts with GRAM + WINDOW - 1 equal symbols in a row share
    at least one fingerprint, whatever is around them.
    """
    last = max(len(grams) - WINDOW + 1, min(len(grams), 1))
    windows = (range(start, min(start + WINDOW, len(grams))) for start in range(last))
    chosen = {min(window, key=lambda at: (grams[at].digest, -at)) for window in windows}
    return [grams[at] for at in sorted(chosen)]


def _from_child(texts: Sequence[str]) -> list[list[Gram] | None]:
    """Return the grams of the first texts: of all of them, or of those that a process read before it died."""
    reading, writing = os.pipe()

    def work() -> None:
        # An interrupted command prints no traceback from here.
        processes.reset_signals()
        os.close(reading)
        with open(writing, "wb") as out:  # noqa: PTH123 - a descriptor
            for text in texts:
                out.write(msgspec.json.encode(_grams(text)) + b"\n")
                out.flush()

    pid = syntax.fork_bounded(work)
    os.close(writing)
    try:
        with open(reading, "rb") as lines:  # noqa: PTH123 - a descriptor
            # A process that dies may leave half a line.
            return [_DECODER.decode(line) for line in lines if line.endswith(b"\n")]
    finally:
        os.waitpid(pid, 0)


_DECODER = msgspec.json.Decoder(list[Gram] | None)


def _grams(text: str) -> list[Gram] | None:
    tree = syntax.parse_unguarded(text)
    if tree is None:
        return None
    try:
        found = [*_symbols(tree)]
    except (ValueError, MemoryError):
        # A number in the text may be too long to print.
        return None
    rows = (found[at : at + GRAM] for at in range(len(found) - GRAM + 1))
    return [_gram(row) for row in rows]


def _gram(row: Sequence[tuple[str, int]]) -> Gram:
    digest = hashlib.blake2b("\0".join(symbol for symbol, _ in row).encode(), digest_size=8)
    lines = [line for _, line in row]
    return Gram(int.from_bytes(digest.digest()), min(lines), max(lines))


def _symbols(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each symbol with its line, in the order of the text."""
    names = {**_imported(tree), **dict.fromkeys(_bound(tree), OWN_NAME)}
    # Not recursive, because a tree may be deeper than Python's stack.
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, line = waiting.pop()
        line = getattr(node, "lineno", line)
        if not isinstance(node, _UNNAMED):
            yield _symbol(node, names), line
        waiting.extend((child, line) for child in reversed([*_children(node)]))


def _symbol(node: ast.AST, names: Mapping[str, str]) -> str:
    symbol = type(node).__name__
    match node:
        case ast.Name(id=name):
            symbol = names.get(name, name)
        case ast.arg():
            symbol = OWN_NAME
        case ast.Attribute(attr=name):
            symbol = f".{name}"
        case ast.keyword(arg=name):
            symbol = f"{name}="
        case ast.JoinedStr() | ast.Constant(value=str() | bytes()):
            # The words of a message are as easy to change as a name.
            symbol = TEXT
        case ast.Constant(value=value):
            symbol = repr(value)
        case ast.AnnAssign():
            symbol = ast.Assign.__name__
    return symbol


def _children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr):
        return
    decorators: list[ast.AST] = getattr(node, "decorator_list", [])
    yield from decorators
    for field, value in ast.iter_fields(node):
        if field in _UNREAD or field == "decorator_list":
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST) and not _does_nothing(one):
                yield one


def _does_nothing(node: ast.AST) -> bool:
    """Return whether a node is a docstring or a bare annotation, or an import.

    Imports show in the names where they are used.
    """
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()) | ast.AnnAssign(value=None):
            return True
        case _:
            return False


def _imported(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name means, so that `import torch as t` hides nothing."""
    meanings: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                meanings[one.asname or one.name.partition(".")[0]] = one.name
        elif isinstance(node, ast.ImportFrom):
            for one in node.names:
                meanings[one.asname or one.name] = f"{node.module}.{one.name}"
    return meanings


def _bound(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a text binds itself: variables, parameters, functions and classes."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.alias():
                pass
            case object(name=str(name)):
                yield name
            case _:
                pass
