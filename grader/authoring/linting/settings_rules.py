"""Rules for exercise.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.authoring.linting.rule import Found, LintedExercise, Rule, line_of
from grader.exercises import ExerciseFile
from grader.reports import link_syntax

HARDEST = 5
DEVICES = ("cpu", "cuda", "mps")


def _setting(key: str, expected: str, is_right: Callable[[ExerciseFile], bool], shown: str = "") -> Rule:
    """Return the rule for one setting."""

    def find(read: LintedExercise) -> Iterator[Found]:
        settings, path = read.exercise.settings, read.settings_file
        if not is_right(settings):
            text = shown or f"{key} = {_shown(getattr(settings, key))}"
            yield Found(path, text, line_of(path, f"{key} ="))

    return Rule(expected, f"fix `{key}`", find)


def _shown(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, float):
        return f"{value:g}"
    return str(list(value) if isinstance(value, tuple) else value)


def _laboratory(read: LintedExercise) -> Iterator[Found]:
    path = read.settings_file
    for function, example in read.exercise.settings.laboratory.items():
        if (unread := link_syntax.problem(example)) is not None:
            yield Found(path, unread, line_of(path, f"{function} ="), {"function": function})


def _unexplained(read: LintedExercise) -> Iterator[Found]:
    path = read.settings_file
    for one in read.exercise.settings.equivalent:
        if not one.reason.strip():
            text = f"the mutant `{one.mutant}` is declared equivalent without a reason"
            yield Found(path, text, line_of(path, one.mutant))


RULES = (
    Rule(
        "a laboratory address, only the part after `#`",
        "fix `{function}` under [laboratory]",
        _laboratory,
    ),
    _setting(
        "title",
        "what the exercise is about, in a few words",
        lambda settings: bool(settings.title.strip()),
        "an empty title",
    ),
    _setting("chapter", "the number of a chapter, at least 1", lambda settings: settings.chapter >= 1),
    _setting("minutes", "the minutes for a learner, at least 1", lambda settings: settings.minutes >= 1),
    _setting(
        "difficulty", f"a number from 1 to {HARDEST}", lambda settings: 1 <= settings.difficulty <= HARDEST
    ),
    _setting(
        "call_seconds", "the seconds for one call, more than 0", lambda settings: settings.call_seconds > 0
    ),
    _setting(
        "devices",
        f"some of {', '.join(DEVICES)}",
        lambda settings: bool(settings.devices) and set(settings.devices) <= set(DEVICES),
    ),
    Rule("the reason why it is still correct", "write the `reason`", _unexplained),
)
