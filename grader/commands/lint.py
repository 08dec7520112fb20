"""Reading an exercise as a compiler reads a program: what can be seen without running anything.

The complaints come in the order in which an author writes: settings, statement, stub, properties, reference.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from grader.commands import promises
from grader.errors import GraderError
from grader.exercises import CONVENTION, Exercise, Function, functions_of, kind_and_name
from grader.report_model import DEVICE, Record
from grader.reports import link_syntax

FEWEST_HINTS = 3
FEWEST_MISTAKES = 2
HARDEST = 5
SHOWN = 60
DEVICES = ("cpu", "cuda", "mps")
REQUIRED = ("shape", "values")
# A convention is not wrong by itself: its message must say what the exercise does otherwise.
ASKED = re.compile(r"\bthe exercise\b|\basked for\b", re.IGNORECASE)
FORBIDDEN_IMPORTS = ("grader", "reference", "exercises", "pytest", "hypothesis")


class Complaint(Record, frozen=True):
    """Something that an exercise's author must mend."""

    exercise: str
    path: str
    line: int | None
    found: str
    expected: str
    remedy: str


class LintedExercise:
    """Where one exercise is read: it knows the exercise, and how a complaint about it looks."""

    def __init__(self, exercise: Exercise, root: Path) -> None:
        """Take an exercise; paths are shown from the course's root."""
        self.exercise = exercise
        self.root = root

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

    def shown(self, path: Path) -> str:
        """Return a path as it is seen from the course's root."""
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def read(self) -> Iterator[Complaint]:
        """Yield what is to be mended, in the order of writing."""
        yield from self._settings()
        for path, what in self._files():
            if not path.is_file():
                yield self.complaint(path, "no such file", what, "write it; another exercise's shows how")
                return
        yield from self._todos()
        trees: dict[Path, ast.Module] = {}
        for path in self._python():
            try:
                trees[path] = ast.parse(path.read_text(encoding="utf-8"))
            except (SyntaxError, UnicodeDecodeError, ValueError) as error:
                line = getattr(error, "lineno", None)
                message = getattr(error, "msg", None) or str(error)
                yield self.complaint(
                    path, f"not Python: {message}", "a file that Python can read", "mend that line", line=line
                )
        if set(trees) != set(self._python()):
            return
        yield from self._stub(trees[self.exercise.stub])
        yield from self._statement()
        yield from self._properties(trees[self.exercise.tests])
        yield from self._solution(trees[self.exercise.solution], self.exercise.solution)
        yield from self._others(trees)

    def _laboratory(self, path: Path) -> Iterator[Complaint]:
        for function, example in self.exercise.settings.laboratory.items():
            if (unread := link_syntax.problem(example)) is not None:
                expected = "an address that the laboratory reads, without what is before its `#`"
                line, remedy = _line_of(path, f"{function} ="), f"mend `{function}` under [laboratory]"
                yield self.complaint(path, unread, expected, remedy, line=line)

    def _files(self) -> Iterator[tuple[Path, str]]:
        one = self.exercise
        yield one.statement, "the statement: formula, shapes, a worked example, `## Hints`"
        yield one.stub, "the stub: the functions' signatures, each raising NotImplementedError"
        yield one.tests, "the properties, as plain pytest"
        yield one.solution, "the reference solution: the stub's functions"

    def _python(self) -> list[Path]:
        one = self.exercise
        return [
            one.stub,
            one.tests,
            one.solution,
            *one.variants,
            *sorted((one.reference / "misconceptions").glob("*.py")),
        ]

    def _settings(self) -> Iterator[Complaint]:
        path, settings = self.exercise.folder / "exercise.toml", self.exercise.settings
        wrong = (
            (not settings.title.strip(), "an empty title", "what the exercise is about, in a few words"),
            (settings.chapter < 1, f"chapter = {settings.chapter}", "a chapter's number, from 1"),
            (
                settings.minutes < 1,
                f"minutes = {settings.minutes}",
                "what a learner may take, at least 1",
            ),
            (
                not 1 <= settings.difficulty <= HARDEST,
                f"difficulty = {settings.difficulty}",
                f"a number from 1 to {HARDEST}",
            ),
            (
                settings.call_seconds <= 0,
                f"call_seconds = {settings.call_seconds:g}",
                "how long one call may take, more than 0",
            ),
            (
                not set(settings.devices) <= set(DEVICES) or not settings.devices,
                f"devices = {list(settings.devices)}",
                f"some of {', '.join(DEVICES)}",
            ),
        )
        yield from self._laboratory(path)
        for is_wrong, found, expected in wrong:
            if is_wrong:
                key = found.split(" ")[0] if "=" in found else "title"
                yield self.complaint(path, found, expected, f"mend `{key}`", line=_line_of(path, f"{key} ="))
        for one in settings.equivalent:
            if not one.reason.strip():
                yield self.complaint(
                    path,
                    f"the mutant `{one.mutant}` is called equivalent without a reason",
                    "why it gives the right answer all the same",
                    "write the `reason`",
                    line=_line_of(path, one.mutant),
                )

    def _todos(self) -> Iterator[Complaint]:
        """Yield each TODO that isn't the stub's own: what it says is the remedy."""
        one = self.exercise
        for path in (one.folder / "exercise.toml", one.statement, *self._python()):
            for number, line in enumerate(_lines(path), 1):
                if "TODO" in line and not (path == one.stub and "NotImplementedError" in line):
                    what = line.partition("TODO")[2].strip(" :#").rstrip("\"')")
                    yield self.complaint(
                        path, "a TODO", "a file that is written", what or "write what is missing", line=number
                    )

    def _statement(self) -> Iterator[Complaint]:
        path = self.exercise.statement
        text = path.read_text(encoding="utf-8")
        if "$" not in text:
            yield self.complaint(
                path,
                "a statement without a formula",
                "the law that defines the result, between $ signs",
                "write the formula: $$y_i = ...$$",
            )
        if not re.search(r"^## .*example", text, re.MULTILINE | re.IGNORECASE):
            yield self.complaint(
                path,
                "a statement without a worked example",
                "a section `## A worked example`, with numbers that a person can follow",
                "work one out by hand",
            )
        for function in self.exercise.functions.values():
            yield from self._mentions(path, text, function)
        yield from self._promises(path, text)
        if len(self.exercise.hints) < FEWEST_HINTS:
            yield self.complaint(
                path,
                f"{len(self.exercise.hints)} hints",
                f"at least {FEWEST_HINTS}, numbered, mildest first",
                "write them under `## Hints`, each beginning with its number: `1. ...`",
                line=_line_of(path, "## Hints"),
            )

    def _promises(self, path: Path, text: str) -> Iterator[Complaint]:
        """Yield a complaint about each sentence of the task that no property checks."""
        names = [law.id for law in self.exercise.checked]
        for bullet in promises.bullets(text):
            wrong = [name for name in bullet.properties if name not in names]
            if wrong or not bullet.properties:
                yield self.complaint(
                    path,
                    f'the sentence "{bullet.text[:SHOWN]}" names '
                    + (f"`{wrong[0]}`, which is no property" if wrong else "no property that checks it"),
                    f"at its end the properties that check it: `{promises.ARROW} `shape`, `values``",
                    f"name some of {', '.join(names)}; write the property, or take the sentence out",
                    line=bullet.line,
                )

    def _mentions(self, path: Path, text: str, function: Function) -> Iterator[Complaint]:
        """Yield a complaint unless the statement says the call as the stub has it."""
        calls = re.findall(rf"`{function.name}\(([^`]*)\)`", text)
        wanted = f"`{function.name}({', '.join(function.parameters)})`"
        if not calls:
            yield self.complaint(
                path,
                f"a statement that never says {wanted}",
                "each call of the stub, with its shapes",
                f"write {wanted} where the task is said",
            )
        elif not any(_names(call) == list(function.parameters) for call in calls):
            found = next(iter(calls))
            yield self.complaint(
                path,
                f"`{function.name}({found})`, while the stub says {wanted}",
                "the same parameters in the statement and in the stub",
                "make the two agree",
                line=_line_of(path, f"{function.name}({found}"),
            )

    def _stub(self, tree: ast.Module) -> Iterator[Complaint]:
        path = self.exercise.stub
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        public = [node for node in functions if not node.name.startswith("_")]
        if not public:
            yield self.complaint(
                path,
                "a stub without a function",
                "the functions that the exercise asks for",
                "write `def name(x: Tensor) -> Tensor:` with a docstring, raising NotImplementedError",
            )
        for node in public:
            if node.returns is None:
                yield self.complaint(
                    path,
                    f"`{node.name}` doesn't say what it returns",
                    "an annotation: the kind of what comes back is checked by it",
                    f"write `def {node.name}(...) -> Tensor:`",
                    line=node.lineno,
                )
            if not ast.get_docstring(node):
                yield self.complaint(
                    path,
                    f"`{node.name}` has no docstring",
                    "what goes in and what comes out, with shapes and errors",
                    "write it below the `def`",
                    line=node.lineno,
                )
            if not any(_raises_unwritten(one) for one in node.body):
                yield self.complaint(
                    path,
                    f"`{node.name}` doesn't raise NotImplementedError",
                    "a stub that fails cleanly until it is written",
                    'end it with `raise NotImplementedError("TODO: ...")`',
                    line=node.lineno,
                )

    def _properties(self, tree: ast.Module) -> Iterator[Complaint]:
        path = self.exercise.tests
        tests = [
            node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        names = [node.name.removeprefix("test_") for node in tests]
        for name in REQUIRED:
            if name not in names:
                yield self.complaint(
                    path,
                    f"no property `test_{name}`",
                    "at least `shape` and `values`: reports rely on them",
                    f"write `def test_{name}(...)`",
                )
        if DEVICE in names:
            yield self.complaint(
                path,
                f"a property `test_{DEVICE}`",
                f"another name: `{DEVICE}` sums up what further devices show",
                "rename it",
                line=next(node.lineno for node in tests if node.name == f"test_{DEVICE}"),
            )
        for name in sorted({name for name in names if names.count(name) > 1}):
            line = [node.lineno for node in tests if node.name == f"test_{name}"][-1]
            yield self.complaint(
                path,
                f"two properties `test_{name}`",
                "a name of its own for each: Python keeps the last only",
                "rename one",
                line=line,
            )
        yield from self._submitted(tree)
        for node in tests:
            yield from self._property(path, node)

    def _submitted(self, tree: ast.Module) -> Iterator[Complaint]:
        path = self.exercise.tests
        asked = [
            (str(call.args[0].value), node.lineno)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(call := node.value, ast.Call)
            if isinstance(call.func, ast.Name) and call.func.id == "submitted" and call.args
            if isinstance(call.args[0], ast.Constant)
        ]
        for name, line in asked:
            if name not in self.exercise.functions:
                yield self.complaint(
                    path,
                    f'submitted("{name}"), and the stub has no such function',
                    f"one of {', '.join(self.exercise.functions)}",
                    "make the stub and the properties agree",
                    line=line,
                )
        for name in self.exercise.functions:
            if name not in {one for one, _ in asked}:
                yield self.complaint(
                    path,
                    f"nothing asks for `{name}`",
                    "a property for each function of the stub",
                    f'write `{name} = submitted("{name}")` and what must be true of it',
                )

    def _property(self, path: Path, node: ast.FunctionDef) -> Iterator[Complaint]:
        name = node.name.removeprefix("test_")
        if not ast.get_docstring(node):
            yield self.complaint(
                path,
                f"`{name}` says nothing",
                "the law in one sentence: it is what the learner reads",
                "write it as the docstring",
                line=node.lineno,
            )
        arguments = {one.arg for one in node.args.args}
        if not arguments & set(self.exercise.functions):
            yield self.complaint(
                path,
                f"`{name}` takes no function of the submission",
                f"a parameter named {' or '.join(f'`{one}`' for one in self.exercise.functions)}",
                "add it: pytest hands the learner's function in by that name",
                line=node.lineno,
            )
        if not any(isinstance(one, ast.Assert) or _is_raises(one) for one in ast.walk(node)):
            yield self.complaint(
                path,
                f"`{name}` asserts nothing",
                "a check that can fail",
                "end it with an assert, or with `pytest.raises`",
                line=node.lineno,
            )

    def _solution(self, tree: ast.Module, path: Path) -> Iterator[Complaint]:
        defined = {one.name: one for one in functions_of(tree)}
        for wanted in self.exercise.functions.values():
            found = defined.get(wanted.name)
            if found is None:
                yield self.complaint(
                    path,
                    f"no function `{wanted.name}`",
                    "every function of the stub",
                    f"define `{wanted.signature}`",
                )
            elif path == self.exercise.solution and found.parameters != wanted.parameters:
                yield self.complaint(
                    path,
                    f"`{found.signature}`, while the stub says `{wanted.signature}`",
                    "the same parameters, in the same order",
                    "make the two agree",
                    line=found.line,
                )
        for node in ast.walk(tree):
            for name in _imported(node):
                if name in FORBIDDEN_IMPORTS:
                    yield self.complaint(
                        path,
                        f"it imports `{name}`",
                        "a file that stands by itself: it is run as a submission is",
                        "copy what it needs into it",
                        line=getattr(node, "lineno", None),
                    )

    def _others(self, trees: dict[Path, ast.Module]) -> Iterator[Complaint]:
        one = self.exercise
        folder = one.reference / "misconceptions"
        mistakes = [path for path in trees if path.parent == folder]
        if len(mistakes) < FEWEST_MISTAKES:
            yield self.complaint(
                folder,
                f"{len(mistakes)} known mistakes",
                f"at least {FEWEST_MISTAKES} complete wrong solutions, which prove the properties",
                "write down what learners really get wrong, one file each",
            )
        if not one.variants:
            yield self.complaint(
                one.reference / "variants",
                "no variant",
                "a right solution that is written quite differently: it proves that nothing right fails",
                "write one, with loops for instance",
            )
        names: dict[str, Path] = {}
        for path in mistakes:
            first, _, message = (ast.get_docstring(trees[path]) or "").partition("\n")
            kind, name = kind_and_name(first)
            if not name:
                yield self.complaint(
                    path,
                    "a misconception without a docstring",
                    "the mistake's name in the first line, below it the message to the learner",
                    "write the docstring",
                    line=1,
                )
            elif not message.strip():
                yield self.complaint(
                    path,
                    "a misconception without a message",
                    "below its name: what the code does, what is asked, how to mend it",
                    "write it below the docstring's first line",
                    line=1,
                )
            elif kind == "mistake" and name.lower().startswith("convention"):
                yield self.complaint(
                    path,
                    f"`{first}`, which reads as a mistake",
                    f"`{CONVENTION} ` and the convention's name: it is told apart by the prefix",
                    f"begin the docstring with `{CONVENTION} `",
                    line=1,
                )
            elif kind == "convention" and not ASKED.search(message):
                yield self.complaint(
                    path,
                    f"the convention `{name}` without what is asked for instead",
                    "what the answer is, and which convention the exercise follows",
                    "write it: `This is ...; the exercise asks for ...`",
                    line=1,
                )
            elif name in names:
                yield self.complaint(
                    path,
                    f"`{name}` is also the name of {names[name].name}",
                    "a name of its own for each mistake",
                    "rename one, or drop one",
                    line=1,
                )
            names.setdefault(name, path)
        for path in (*mistakes, *one.variants):
            yield from self._solution(trees[path], path)


def unreadable(name: str, error: GraderError) -> Complaint:
    """Return the complaint about an exercise that couldn't even be loaded."""
    return Complaint(
        exercise=name,
        path=error.where,
        line=None,
        found=error.found,
        expected=error.expected,
        remedy=error.remedy,
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _line_of(path: Path, text: str) -> int | None:
    """Return the number of the first line that holds a text."""
    return next((number for number, line in enumerate(_lines(path), 1) if text in line), None)


def _names(arguments: str) -> list[str]:
    """Return the parameters' names of a call as a statement writes it: `x, stride=1` has two."""
    return [part.partition("=")[0].partition(":")[0].strip() for part in _parts(arguments) if part.strip()]


def _parts(arguments: str) -> list[str]:
    """Split at commas outside of brackets."""
    parts, depth = [""], 0
    for sign in arguments:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _raises_unwritten(node: ast.stmt) -> bool:
    return isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)


def _is_raises(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "raises"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name.partition(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []
