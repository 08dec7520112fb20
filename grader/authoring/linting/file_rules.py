"""Rules for all files of an exercise: they exist, contain no TODO, and are valid Python."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.linting.rule import Found, LintedExercise, Rule, lines_of


def _missing(read: LintedExercise) -> Iterator[Found]:
    one = read.exercise
    for path, what in (
        (one.statement, "the statement: formula, shapes, a worked example, `## Hints`"),
        (one.stub, "the stub: the functions' signatures, with bodies that raise NotImplementedError"),
        (one.tests, "the tests, as plain pytest"),
        (one.solution, "the reference solution with the stub's functions"),
    ):
        if not path.is_file():
            # One file at a time: at the beginning an exercise has none of them.
            yield Found(path, "no such file", names={"what": what})
            return


def _todos(read: LintedExercise) -> Iterator[Found]:
    """Yield each TODO except those that belong in the stub. The text of a TODO is the remedy."""
    one = read.exercise
    for path in (read.settings_file, one.statement, *read.python):
        for number, line in enumerate(lines_of(path), 1):
            if "TODO" in line and not (path == one.stub and "NotImplementedError" in line):
                what = line.partition("TODO")[2].strip(" :#").rstrip("\"')")
                yield Found(path, "a TODO", number, {"what": what or "write what is missing"})


def _unparsed(read: LintedExercise) -> Iterator[Found]:
    for path, error in read.unparsed.items():
        message = getattr(error, "msg", None) or str(error)
        yield Found(path, f"not Python: {message}", getattr(error, "lineno", None))


EXIST = (Rule("{what}", "write it. See another exercise for an example", _missing),)
WRITTEN = (Rule("a file without a TODO", "{what}", _todos),)
PARSE = (Rule("a valid Python file", "fix that line", _unparsed),)
