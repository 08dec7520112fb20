"""Rules for all files of an exercise: they are there, they are written, Python can read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.commands.linting.rule import Found, LintedExercise, Rule, lines_of


def _missing(read: LintedExercise) -> Iterator[Found]:
    one = read.exercise
    for path, what in (
        (one.statement, "the statement: formula, shapes, a worked example, `## Hints`"),
        (one.stub, "the stub: the functions' signatures, each raising NotImplementedError"),
        (one.tests, "the properties, as plain pytest"),
        (one.solution, "the reference solution: the stub's functions"),
    ):
        if not path.is_file():
            yield Found(path, "no such file", names={"what": what})


def _todos(read: LintedExercise) -> Iterator[Found]:
    """Yield each TODO that isn't the stub's own: what it says is the remedy."""
    one = read.exercise
    for path in (read.settings_file, one.statement, *read.python):
        for number, line in enumerate(lines_of(path), 1):
            if "TODO" in line and not (path == one.stub and "NotImplementedError" in line):
                what = line.partition("TODO")[2].strip(" :#").rstrip("\"')")
                yield Found(path, "a TODO", number, {"what": what or "write what is missing"})


def _unparsed(read: LintedExercise) -> Iterator[Found]:
    for path in read.python:
        try:
            ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError, ValueError) as error:
            message = getattr(error, "msg", None) or str(error)
            yield Found(path, f"not Python: {message}", getattr(error, "lineno", None))


EXIST = (Rule("{what}", "write it; another exercise's shows how", _missing),)
WRITTEN = (Rule("a file that is written", "{what}", _todos),)
PARSE = (Rule("a file that Python can read", "fix that line", _unparsed),)
