"""Rules for the stub: annotated functions with docstrings, whose bodies raise NotImplementedError."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from grader.authoring.linting.rule import Found, LintedExercise, Rule


def _public(read: LintedExercise) -> list[ast.FunctionDef]:
    tree = read.trees[read.exercise.stub]
    return [one for one in tree.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")]


def _no_function(read: LintedExercise) -> Iterator[Found]:
    if not _public(read):
        yield Found(read.exercise.stub, "a stub without a function")


def _each(
    is_wrong: Callable[[ast.FunctionDef], bool], says: str
) -> Callable[[LintedExercise], Iterator[Found]]:
    """Return a function that finds the stub's functions with this defect."""

    def find(read: LintedExercise) -> Iterator[Found]:
        for node in _public(read):
            if is_wrong(node):
                yield Found(read.exercise.stub, f"`{node.name}` {says}", node.lineno, {"name": node.name})

    return find


def _is_written(node: ast.FunctionDef) -> bool:
    return not any(
        isinstance(one, ast.Raise) and "NotImplementedError" in ast.unparse(one) for one in node.body
    )


RULES = (
    Rule(
        "the functions that the exercise asks for",
        "write `def name(x: Tensor) -> Tensor:` with a docstring, raising NotImplementedError",
        _no_function,
    ),
    Rule(
        "a return annotation: it gives the type of the result",
        "write `def {name}(...) -> Tensor:`",
        _each(lambda node: node.returns is None, "doesn't say what it returns"),
    ),
    Rule(
        "the arguments and the result, with shapes and errors",
        "write it below the `def`",
        _each(lambda node: not ast.get_docstring(node), "has no docstring"),
    ),
    Rule(
        "a stub that raises NotImplementedError",
        'end it with `raise NotImplementedError("TODO: ...")`',
        _each(_is_written, "doesn't raise NotImplementedError"),
    ),
)
