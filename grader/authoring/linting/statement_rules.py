"""Rules for the statement: a formula, an example, the stub's calls, a test for each promise, hints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring import promises
from grader.authoring.linting.rule import Found, LintedExercise, Rule, line_of

FEWEST_HINTS = 3
SHOWN = 60


def _text(read: LintedExercise) -> str:
    return read.exercise.statement.read_text(encoding="utf-8")


def _formula(read: LintedExercise) -> Iterator[Found]:
    if "$" not in _text(read):
        yield Found(read.exercise.statement, "a statement without a formula")


def _example(read: LintedExercise) -> Iterator[Found]:
    if not re.search(r"^## .*example", _text(read), re.MULTILINE | re.IGNORECASE):
        yield Found(read.exercise.statement, "a statement without a worked example")


def _calls(read: LintedExercise) -> Iterator[tuple[str, list[str], str, tuple[str, ...]]]:
    """Yield each function with the calls that the statement shows, and the expected call."""
    text = _text(read)
    for function in read.exercise.functions.values():
        wanted = f"`{function.name}({', '.join(function.parameters)})`"
        yield function.name, re.findall(rf"`{function.name}\(([^`]*)\)`", text), wanted, function.parameters


def _unsaid(read: LintedExercise) -> Iterator[Found]:
    for _, calls, wanted, _ in _calls(read):
        if not calls:
            yield Found(
                read.exercise.statement, f"a statement that never says {wanted}", names={"call": wanted}
            )


def _said_otherwise(read: LintedExercise) -> Iterator[Found]:
    path = read.exercise.statement
    for name, calls, wanted, parameters in _calls(read):
        if calls and not any(_names(call) == list(parameters) for call in calls):
            text = f"`{name}({calls[0]})`, while the stub says {wanted}"
            yield Found(path, text, line_of(path, f"{name}({calls[0]}"))


def _promises(read: LintedExercise) -> Iterator[Found]:
    """Yield each sentence of the task that no test checks."""
    names = [law.id for law in read.exercise.checked]
    for bullet in promises.bullets(_text(read)):
        wrong = [name for name in bullet.properties if name not in names]
        if wrong or not bullet.properties:
            which = f"`{wrong[0]}`, which is not a test" if wrong else "no test that checks it"
            text = f'the sentence "{bullet.text[:SHOWN]}" names {which}'
            yield Found(read.exercise.statement, text, bullet.line, {"properties": ", ".join(names)})


def _hints(read: LintedExercise) -> Iterator[Found]:
    path, hints = read.exercise.statement, read.exercise.hints
    if len(hints) < FEWEST_HINTS:
        yield Found(path, f"{len(hints)} hints", line_of(path, "## Hints"))


def _names(arguments: str) -> list[str]:
    """Return the parameter names of a call in a statement: `x, stride=1` has two."""
    return [part.partition("=")[0].partition(":")[0].strip() for part in _parts(arguments) if part.strip()]


def _parts(arguments: str) -> list[str]:
    """Split at commas outside brackets."""
    parts, depth = [""], 0
    for sign in arguments:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


RULES = (
    Rule("the law that defines the result, between $ signs", "write the formula: $$y_i = ...$$", _formula),
    Rule(
        "a section `## A worked example`, with numbers that a reader can check",
        "calculate one by hand",
        _example,
    ),
    Rule("each call of the stub, with its shapes", "write {call} into the description of the task", _unsaid),
    Rule("the same parameters in the statement and in the stub", "make the two agree", _said_otherwise),
    Rule(
        f"the names of the tests that check it, at its end: `{promises.ARROW} `shape`, `values``",
        "write names from {properties}. Or write a new test, or remove the sentence",
        _promises,
    ),
    Rule(
        f"at least {FEWEST_HINTS}, numbered, the weakest first",
        "write them under `## Hints`, each after its number: `1. ...`",
        _hints,
    ),
)
