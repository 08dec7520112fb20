"""Finds what an untrusted text defines, without running it.

Names and lines are found with regular expressions: parsing a crafted text may take gigabytes or minutes. If a
syntax tree is needed, a separate process first tries to parse the text.
"""

from __future__ import annotations

import ast
import os
import re
import warnings
from collections.abc import Callable

DEFINITION = re.compile(r"^def[ \t]+(\w+)[ \t]*[\[(]", re.MULTILINE)
# Parsing a shorter text takes about 100 MB at most.
HARMLESS = 8 << 10
MOST_MEMORY = 256 << 20
MOST_SECONDS = 2
_LOOPS = (ast.For, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def parse(source: str) -> ast.Module | None:
    """Return a text's syntax tree, or None if it has none or parsing it costs too much."""
    return parse_unguarded(source) if len(source) <= HARMLESS or _can_be_parsed(source) else None


def functions_in(text: str) -> dict[str, int]:
    """Return the functions that a text defines, with their lines. The text may have syntax errors."""
    lines: dict[str, int] = {}
    line, at = 1, 0
    for found in DEFINITION.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        lines[found[1]] = line
    return lines


def while_loops_in(text: str) -> dict[str, int]:
    """Return the line of each function's first `while`. Nothing is found in a text with syntax errors."""
    tree = parse(text)
    found: dict[str, int] = {}
    for function in tree.body if tree is not None else ():
        if isinstance(function, ast.FunctionDef):
            loops = [node.lineno for node in ast.walk(function) if isinstance(node, ast.While)]
            if loops:
                found[function.name] = min(loops)
    return found


def loop_depths(text: str) -> dict[str, int]:
    """Return how deeply the loops and comprehensions in each function are nested."""
    tree = parse(text)
    functions = [node for node in (tree.body if tree else ()) if isinstance(node, ast.FunctionDef)]
    return {function.name: _depth(function) for function in functions}


def _depth(node: ast.AST) -> int:
    """Return how many loops contain each other below a node."""
    own = len(node.generators) if isinstance(node, _COMPREHENSIONS) else int(isinstance(node, _LOOPS))
    return own + max(map(_depth, ast.iter_child_nodes(node)), default=0)


def parse_unguarded(source: str) -> ast.Module | None:
    """Return a text's syntax tree, or None if it has none.

    Parse a long text only in a process made by `fork_bounded`.
    """
    try:
        with warnings.catch_warnings():
            # The worker shows the warnings.
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def fork_bounded(work: Callable[[], None]) -> int:
    """Run a function in a process with limited memory and time, and return the process id."""
    import resource  # noqa: PLC0415 - Windows lacks it, and can still find functions

    from grader.sandbox import limits, processes  # noqa: PLC0415 - as above

    def child() -> None:
        limits.bound_memory(MOST_MEMORY)
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        work()

    return processes.fork(child)


def _can_be_parsed(source: str) -> bool:
    """Return whether a text can be parsed in a process with limited memory and time."""
    pid = fork_bounded(lambda: os._exit(0 if parse_unguarded(source) is not None else 1))
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == 0


def binds(cell: str, name: str) -> bool:
    """Return whether a text defines a name or assigns to it. The text may have syntax errors."""
    word = re.escape(name)
    return (
        re.search(rf"^[ \t]*(?:(?:async[ \t]+)?def[ \t]+{word}\b|{word}[ \t]*=(?!=))", cell, re.MULTILINE)
        is not None
    )


def imports(cell: str, name: str) -> bool:
    """Return whether a text has an import that binds a name."""
    word = re.escape(name)
    return re.search(rf"^[ \t]*(?:from|import)\b.*\b{word}\b", cell, re.MULTILINE) is not None
