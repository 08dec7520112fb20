"""Rules for the tests: names, docstrings, the stub's functions, and checks that can fail."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator

from grader.authoring.linting.rule import Found, LintedExercise, Rule
from grader.report_model import DEVICE

REQUIRED = ("shape", "values")
PREFIX = "test_"


def _tests(read: LintedExercise) -> list[ast.FunctionDef]:
    tree = read.trees[read.exercise.tests]
    return [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith(PREFIX)]


def _missing(read: LintedExercise) -> Iterator[Found]:
    names = {node.name for node in _tests(read)}
    for name in REQUIRED:
        if f"{PREFIX}{name}" not in names:
            yield Found(read.exercise.tests, f"no test `{PREFIX}{name}`", names={"name": name})


def _reserved(read: LintedExercise) -> Iterator[Found]:
    for node in _tests(read):
        if node.name == f"{PREFIX}{DEVICE}":
            yield Found(read.exercise.tests, f"a test `{node.name}`", node.lineno)


def _twice(read: LintedExercise) -> Iterator[Found]:
    lines = {node.name: node.lineno for node in _tests(read)}
    for name, count in sorted(Counter(node.name for node in _tests(read)).items()):
        if count > 1:
            yield Found(read.exercise.tests, f"two tests `{name}`", lines[name])


def _submitted(read: LintedExercise) -> dict[str, int]:
    """Return the functions that the tests request, each with its line."""
    return {
        str(call.args[0].value): node.lineno
        for node in read.trees[read.exercise.tests].body
        if isinstance(node, ast.Assign) and isinstance(call := node.value, ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == "submitted" and call.args
        if isinstance(call.args[0], ast.Constant)
    }


def _unknown(read: LintedExercise) -> Iterator[Found]:
    functions = read.exercise.functions
    for name, line in _submitted(read).items():
        if name not in functions:
            text = f'submitted("{name}"), but the stub has no such function'
            yield Found(read.exercise.tests, text, line, {"functions": ", ".join(functions)})


def _not_asked_for(read: LintedExercise) -> Iterator[Found]:
    asked = _submitted(read)
    for name in read.exercise.functions:
        if name not in asked:
            yield Found(read.exercise.tests, f"no test asks for `{name}`", names={"name": name})


def _each(
    is_wrong: Callable[[ast.FunctionDef, LintedExercise], bool], says: str
) -> Callable[[LintedExercise], Iterator[Found]]:
    """Return a function that finds the tests with this defect."""

    def find(read: LintedExercise) -> Iterator[Found]:
        functions = " or ".join(f"`{one}`" for one in read.exercise.functions)
        for node in _tests(read):
            if is_wrong(node, read):
                text = f"`{node.name.removeprefix(PREFIX)}` {says}"
                yield Found(read.exercise.tests, text, node.lineno, {"functions": functions})

    return find


def _takes_none(node: ast.FunctionDef, read: LintedExercise) -> bool:
    return not {one.arg for one in node.args.args} & set(read.exercise.functions)


def _asserts_nothing(node: ast.FunctionDef, _: LintedExercise) -> bool:
    return not any(
        isinstance(one, ast.Assert) or (isinstance(one, ast.Attribute) and one.attr == "raises")
        for one in ast.walk(node)
    )


RULES = (
    Rule(
        "at least `shape` and `values`: reports rely on them",
        f"write `def {PREFIX}{{name}}(...)`",
        _missing,
    ),
    Rule(f"another name: `{DEVICE}` is the test that sums up all other devices", "rename it", _reserved),
    Rule("a different name for each: Python keeps only the last one", "rename one", _twice),
    Rule("one of {functions}", "make the stub and the tests agree", _unknown),
    Rule(
        "a test for each function of the stub",
        'write `{name} = submitted("{name}")` and a test of it',
        _not_asked_for,
    ),
    Rule(
        "the law in one sentence, for the learner",
        "write it as the docstring",
        _each(lambda node, _: not ast.get_docstring(node), "has no docstring"),
    ),
    Rule(
        "a parameter named {functions}",
        "add it: pytest passes the learner's function by that name",
        _each(_takes_none, "takes no function of the submission"),
    ),
    Rule(
        "a check that can fail",
        "end it with an assert, or with `pytest.raises`",
        _each(_asserts_nothing, "asserts nothing"),
    ),
)
