"""A rule for exercises: what it finds, what it expects, and the remedy."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from grader.errors import GraderError
from grader.exercises import Exercise
from grader.report_model import Record


class Complaint(Record, frozen=True):
    """Something that an exercise's author must fix."""

    exercise: str
    path: str
    line: int | None
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class LintedExercise:
    """An exercise that is being checked. Paths are shown relative to the course's root."""

    exercise: Exercise
    root: Path

    @cached_property
    def _parsed(self) -> dict[Path, ast.Module | Exception]:
        return {path: _parse(path) for path in self.python}

    @cached_property
    def trees(self) -> dict[Path, ast.Module]:
        """The Python files that could be parsed."""
        return {path: tree for path, tree in self._parsed.items() if isinstance(tree, ast.Module)}

    @property
    def unparsed(self) -> dict[Path, Exception]:
        """The Python files that couldn't be parsed, each with the reason."""
        return {path: error for path, error in self._parsed.items() if isinstance(error, Exception)}

    def shown(self, path: Path) -> str:
        """Return a path relative to the course's root."""
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def complaint(
        self, path: Path, found: str, expected: str, remedy: str, *, line: int | None = None
    ) -> Complaint:
        """Return a complaint about a file of the exercise."""
        return Complaint(
            exercise=self.exercise.id,
            path=self.shown(path),
            line=line,
            found=found,
            expected=expected,
            remedy=remedy,
        )

    @property
    def settings_file(self) -> Path:
        """The exercise's settings file."""
        return self.exercise.folder / "exercise.toml"

    @property
    def misconceptions(self) -> Path:
        """The folder with the known mistakes."""
        return self.exercise.reference / "misconceptions"

    @property
    def mistakes(self) -> list[Path]:
        """The files with the known mistakes."""
        return sorted(self.misconceptions.glob("*.py"))

    @property
    def python(self) -> list[Path]:
        """All Python files of the exercise."""
        one = self.exercise
        return [one.stub, one.tests, one.solution, *one.variants, *self.mistakes, *one.rivals]


@dataclass(frozen=True)
class Found:
    """What a rule found, and where. `names` fill the placeholders in the rule's texts."""

    path: Path
    text: str
    line: int | None = None
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """One check: the expected text, the remedy, and the function that finds the violations."""

    expected: str
    remedy: str
    find: Callable[[LintedExercise], Iterator[Found]]

    def complaints(self, read: LintedExercise) -> Iterator[Complaint]:
        """Yield a complaint for each violation of the rule."""
        for one in self.find(read):
            expected, remedy = (text.format(**one.names) for text in (self.expected, self.remedy))
            yield read.complaint(one.path, one.text, expected, remedy, line=one.line)


def unreadable(name: str, error: GraderError) -> Complaint:
    """Return the complaint about an exercise that can't be loaded."""
    return Complaint(
        exercise=name,
        path=error.where,
        line=None,
        found=error.found,
        expected=error.expected,
        remedy=error.remedy,
    )


def _parse(path: Path) -> ast.Module | Exception:
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        return error


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file, even if some bytes aren't text."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def line_of(path: Path, text: str) -> int | None:
    """Return the number of the first line that contains a text."""
    return next((number for number, line in enumerate(lines_of(path), 1) if text in line), None)
