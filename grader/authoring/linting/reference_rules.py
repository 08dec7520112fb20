"""Rules for the reference: solution, variants, known mistakes and rivals, each in a complete file."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from grader.authoring.linting.rule import Found, LintedExercise, Rule
from grader.exercises import CONVENTION, Function, functions_of, kind_and_name

FEWEST_MISTAKES = 2
FORBIDDEN_IMPORTS = ("grader", "reference", "exercises", "pytest", "hypothesis")
# A convention isn't wrong in itself. Its message must say what the exercise asks for instead.
ASKED = re.compile(r"\bthe exercise\b|\basked for\b", re.IGNORECASE)


def _solutions(read: LintedExercise) -> list[Path]:
    return [read.exercise.solution, *read.mistakes, *read.exercise.variants, *read.exercise.rivals]


def _defined(read: LintedExercise, path: Path) -> Iterator[tuple[Function, Function | None]]:
    """Yield each function of the stub with the function of the same name in a file, or None."""
    defined = {one.name: one for one in functions_of(read.trees[path])}
    for wanted in read.exercise.functions.values():
        yield wanted, defined.get(wanted.name)


def _undefined(read: LintedExercise) -> Iterator[Found]:
    for path in _solutions(read):
        for wanted, found in _defined(read, path):
            if found is None:
                yield Found(path, f"no function `{wanted.name}`", names={"signature": wanted.signature})


def _other_parameters(read: LintedExercise) -> Iterator[Found]:
    path = read.exercise.solution
    for wanted, found in _defined(read, path):
        if found is not None and found.parameters != wanted.parameters:
            text = f"`{found.signature}`, while the stub says `{wanted.signature}`"
            yield Found(path, text, found.line)


def _imports(read: LintedExercise) -> Iterator[Found]:
    for path in _solutions(read):
        for node in ast.walk(read.trees[path]):
            for name in _imported(node):
                if name in FORBIDDEN_IMPORTS:
                    yield Found(path, f"it imports `{name}`", getattr(node, "lineno", None))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name.partition(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []


def _few_mistakes(read: LintedExercise) -> Iterator[Found]:
    if len(read.mistakes) < FEWEST_MISTAKES:
        yield Found(read.misconceptions, f"{len(read.mistakes)} known mistakes")


def _no_variant(read: LintedExercise) -> Iterator[Found]:
    if not read.exercise.variants:
        yield Found(read.exercise.reference / "variants", "no variant")


def _defects(read: LintedExercise) -> Iterator[tuple[str, Found]]:
    """Yield the first defect in each known mistake's docstring, preceded by the name of the defect."""
    names: dict[str, Path] = {}
    for path in read.mistakes:
        first, _, message = (ast.get_docstring(read.trees[path]) or "").partition("\n")
        kind, name = kind_and_name(first)
        if not name:
            yield "nameless", Found(path, "a misconception without a docstring", 1)
        elif not message.strip():
            yield "silent", Found(path, "a misconception without a message", 1)
        elif kind == "mistake" and name.lower().startswith("convention"):
            yield "unmarked", Found(path, f"`{first}`, which marks no convention", 1)
        elif kind == "convention" and not ASKED.search(message):
            text = f"the convention `{name}` without what the exercise asks for instead"
            yield "alone", Found(path, text, 1)
        elif name in names:
            yield "twice", Found(path, f"`{name}` is also the name of {names[name].name}", 1)
        names.setdefault(name, path)


def _with(defect: str) -> Callable[[LintedExercise], Iterator[Found]]:
    """Return a function that finds the known mistakes with this defect."""
    return lambda read: (found for name, found in _defects(read) if name == defect)


RULES = (
    Rule("every function of the stub", "define `{signature}`", _undefined),
    Rule("the same parameters, in the same order", "make the two agree", _other_parameters),
    Rule("a complete file: it runs like a submission", "copy the imported code into it", _imports),
    Rule(
        f"at least {FEWEST_MISTAKES} complete wrong solutions, to prove the tests",
        "write the mistakes that learners really make, one file each",
        _few_mistakes,
    ),
    Rule(
        "a correct solution written in another way: it proves that the tests accept it",
        "write one, for example with loops",
        _no_variant,
    ),
    Rule(
        "first line: the mistake's name; below it: the message to the learner",
        "write the docstring",
        _with("nameless"),
    ),
    Rule(
        "below the name: what the code does, what the exercise asks for, how to fix it",
        "write it below the docstring's first line",
        _with("silent"),
    ),
    Rule(
        f"`{CONVENTION} ` and the convention's name: the prefix marks a convention",
        f"begin the docstring with `{CONVENTION} `",
        _with("unmarked"),
    ),
    Rule(
        "the convention of the answer, and the one that the exercise asks for",
        "write it: `This is ...; the exercise asks for ...`",
        _with("alone"),
    ),
    Rule("a different name for each mistake", "rename one, or remove one", _with("twice")),
)
