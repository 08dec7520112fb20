"""Rules for [measure] in exercise.toml, and for the rivals that it names."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator

from grader.authoring.linting.property_rules import REQUIRED
from grader.authoring.linting.rule import Found, LintedExercise, Rule, line_of
from grader.errors import GraderError
from grader.exercises import Function
from grader.measure_settings import MeasureSettings, amount

Find = Callable[[LintedExercise, MeasureSettings], Iterator[Found]]


def _of_measure(find: Find) -> Callable[[LintedExercise], Iterator[Found]]:
    """Return a function that finds the violations in [measure]; none in an exercise without it."""

    def found(read: LintedExercise) -> Iterator[Found]:
        if (settings := read.exercise.settings.measure) is not None:
            yield from find(read, settings)

    return found


def _unknown(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    if settings.function not in read.exercise.functions:
        path, names = read.settings_file, {"functions": ", ".join(read.exercise.functions)}
        text = f"[measure] times `{settings.function}`, but the stub has no such function"
        yield Found(path, text, line_of(path, f'"{settings.function}"'), names)


def _required(read: LintedExercise, function: Function) -> list[str]:
    """Return the parameters that have no default."""
    node = next(
        one
        for one in read.trees[read.exercise.stub].body
        if isinstance(one, ast.FunctionDef) and one.name == function.name
    )
    named = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return [
        *named[: len(named) - len(node.args.defaults)],
        *(one.arg for one, default in keywords if default is None),
    ]


def _other_inputs(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    function = read.exercise.functions.get(settings.function)
    if function is not None and set(settings.inputs) != set(_required(read, function)):
        path, needed = read.settings_file, ", ".join(_required(read, function)) or "no parameter"
        given = ", ".join(settings.inputs) or "nothing"
        text = f"`inputs` gives {given}, while `{function.name}` needs {needed}"
        yield Found(path, text, line_of(path, "inputs"), {"needed": needed})


def _values(
    settings: MeasureSettings,
) -> Iterator[tuple[str, str, int, int | float | tuple[int, ...] | GraderError]]:
    """Yield each parameter with its formula and the value for the smallest and the largest size.

    The operations belong to the parameter "".
    """
    formulas = [*settings.inputs.items(), *([("", settings.operations)] if settings.operations else [])]
    for name, formula in formulas:
        for size in settings.sizes:
            try:
                yield name, formula, size, amount(formula, size)
            except GraderError as error:
                yield name, formula, size, error


def _unread(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    """Yield each formula that has no value, once."""
    path, told = read.settings_file, set()
    for _, formula, size, value in _values(settings):
        if isinstance(value, GraderError) and formula not in told:
            told.add(formula)
            yield Found(path, f"{value.found} (n = {size})", line_of(path, f'"{formula}"'))


def _other_kinds(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    """Yield each formula whose value isn't what the parameter takes, once."""
    function = read.exercise.functions.get(settings.function)
    if function is None:
        return
    path, told = read.settings_file, set()
    for name, formula, size, value in _values(settings):
        kind = "a number" if not name else "a shape" if name in function.tensors else "a whole number"
        if name not in told and not isinstance(value, GraderError) and not _is(kind, value):
            told.add(name)
            text = f"`{formula}` is {_shown(value)} for n = {size}"
            names = {"kind": kind, "name": name or "operations"}
            yield Found(path, text, line_of(path, f'"{formula}"'), names)


def _is(kind: str, value: float | tuple[int, ...]) -> bool:
    if kind == "a shape" or isinstance(value, tuple):
        return kind == "a shape" and isinstance(value, tuple)
    return kind == "a number" or isinstance(value, int)


def _shown(value: float | tuple[int, ...]) -> str:
    return f"the shape {list(value)}" if isinstance(value, tuple) else f"{value:g}"


def _falling(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    smallest, largest = settings.sizes
    if not 1 <= smallest < largest:
        path = read.settings_file
        yield Found(path, f"sizes = [{smallest}, {largest}]", line_of(path, "sizes ="))


def _missing(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    path = read.settings_file
    for name in dict.fromkeys(settings.rivals):
        if not read.exercise.rival(name).is_file():
            names = {"name": name, "folder": read.shown(read.exercise.reference)}
            yield Found(path, f"the rival `{name}`, which has no file", line_of(path, f'"{name}"'), names)


def _silent(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    for name in dict.fromkeys(settings.rivals):
        tree = read.trees.get(read.exercise.rival(name))
        if tree is not None and not ast.get_docstring(tree):
            yield Found(read.exercise.rival(name), "a rival without a docstring", 1)


def _twice(read: LintedExercise, settings: MeasureSettings) -> Iterator[Found]:
    path = read.settings_file
    for name, count in Counter(settings.rivals).items():
        if count > 1:
            yield Found(path, f"`{name}` is named {count} times", line_of(path, "rivals ="))


def _unnamed(read: LintedExercise) -> Iterator[Found]:
    settings = read.exercise.settings.measure
    for path in read.exercise.rivals:
        if settings is None or path.stem not in settings.rivals:
            names = {"name": path.stem, "settings": read.shown(read.settings_file)}
            yield Found(path, "a rival that [measure] doesn't name", names=names)


def _late(read: LintedExercise) -> Iterator[Found]:
    """Yield the first test that stands before `shape` or `values`, if there are rivals."""
    names = [law.id for law in read.exercise.laws]
    first = next((law for law in read.exercise.laws if law.id not in REQUIRED), None)
    if read.exercise.rivals and first is not None and first.id in names[: len(REQUIRED)]:
        yield Found(read.exercise.tests, f"`{first.id}` comes too early", first.line)


RULES = (
    Rule("one of {functions}", "fix `function` under [measure]", _of_measure(_unknown)),
    Rule(
        "a formula for each parameter without a default, and for no other: {needed}",
        "fix `inputs` under [measure]",
        _of_measure(_other_inputs),
    ),
    Rule(
        "a formula in `n`, such as `n // 4`, or a shape, such as `[n // 4]`, for both `sizes`",
        "fix the formula under [measure]",
        _of_measure(_unread),
    ),
    Rule(
        "{kind} for `{name}`: `[n // 4]` is the shape of a random tensor, and `n // 4` a whole number",
        "fix the formula under [measure]",
        _of_measure(_other_kinds),
    ),
    Rule(
        "the smallest size, which is at least 1, and a larger one",
        "fix `sizes` under [measure]",
        _of_measure(_falling),
    ),
    Rule(
        "{folder}/rivals/{name}.py or {folder}/variants/{name}.py",
        "write this file, or remove the name from `rivals` under [measure]",
        _of_measure(_missing),
    ),
    Rule(
        "a first line that says how it works: it is shown beside its times",
        "write the docstring",
        _of_measure(_silent),
    ),
    Rule("each rival once", "remove it from `rivals` under [measure]", _of_measure(_twice)),
    Rule(
        "the name of each file in `rivals/`: other correct solutions belong in `variants/`",
        "add `{name}` to `rivals` under [measure] in {settings}, or move the file",
        _unnamed,
    ),
    Rule(
        "`shape` and `values` before all other tests: a rival is graded only as far as these",
        "move it down",
        _late,
    ),
)
