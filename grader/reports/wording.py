"""Wording shared by the terminal, the pages and the exports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.report_model import (
    DEVICE,
    SIMULATED,
    Counterexample,
    ExerciseResult,
    Misconception,
    Property,
    SourceError,
    Verdict,
)
from grader.source_text import Place

HOUR = 60
# For people. Reports keep their fixed words.
WORDS: dict[Verdict, str] = {"met": "correct", "not met": "wrong", "not judged": "not tested"}


def word(verdict: Verdict) -> str:
    """Return the displayed word for a verdict."""
    return WORDS[verdict]


def time(minutes: int) -> str:
    """Return a duration in a readable form, such as `1 h 20 min`."""
    hours, rest = divmod(minutes, HOUR)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def points(value: float) -> str:
    """Return points in a readable form, such as `3` or `0.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def named(device: str) -> str:
    """Return a device's display name. The simulated device is marked."""
    return f"{device} (simulated)" if device == SIMULATED else device


def judged_on(devices: Mapping[str, str]) -> str:
    """Return the devices that were used, then the others and why they weren't used."""
    judged = [named(device) for device, state in devices.items() if state == "judged"]
    others = [
        f"{device} {state.replace('not judged', 'not tested', 1)}"
        for device, state in devices.items()
        if state != "judged"
    ]
    return "; ".join([f"tested on {', '.join(judged) or 'no device'}", *others])


def worth_explaining(exercise: ExerciseResult) -> list[Property]:
    """Return the failed tests, without those that the file's error already explains."""
    return [one for one in exercise.properties if one.verdict == "not met" and not _told(one, exercise.error)]


def by_cause(wrong: Sequence[Property]) -> list[list[Property]]:
    """Return the failed tests in groups with one cause each: the same known mistake, or the same words.

    The first test of a group has the most points, because its case shows the cause best.
    """
    groups: dict[object, list[Property]] = {}
    for one in wrong:
        found = one.counterexample
        if one.misconception is not None:
            cause: object = ("known", one.misconception.slug)
        elif one.reason and (found is None or found.difference is None):
            cause = ("reason", one.reason)
        else:
            cause = one.id, one.device
        groups.setdefault(cause, []).append(one)
    return [sorted(group, key=lambda one: -one.max_points) for group in groups.values()]


def known_of_error(exercise: ExerciseResult) -> list[Misconception]:
    """Return the distinct known mistakes behind the error that prevents the file from loading."""
    if exercise.error is None:
        return []
    known = [one.misconception for one in exercise.properties if one.counterexample is None]
    return list(dict.fromkeys(one for one in known if one is not None))


def elsewhere(one: Property) -> str:
    """Return ` on DEVICE` for a test on a device other than the CPU."""
    return "" if one.device == "cpu" else f" on {named(one.device)}"


def reasons(laws: Iterable[Property]) -> list[tuple[str, str, list[str]]]:
    """Return each reason why tests did not run, with the device and the names of these tests."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in laws:
        if one.verdict == "not judged":
            found.setdefault((one.reason or "", elsewhere(one)), []).append(one.id)
    return [(*reason, list(dict.fromkeys(names))) for reason, names in found.items()]


def unwritten(exercise: ExerciseResult) -> str | None:
    """Return the reason to show for an unchanged stub, or None if the stub was changed."""
    said = [one.reason or "" for one in exercise.properties if one.id != DEVICE]
    if not said or exercise.score or not all("not implemented yet" in reason for reason in said):
        return None
    return said[0]


def standing(exercise: ExerciseResult) -> str:
    """Return the state of an exercise in words. An unchanged stub is `not started`, not `wrong`."""
    return word(exercise.status) if unwritten(exercise) is None else "not started"


def look(exercise: ExerciseResult) -> Verdict:
    """Return the verdict to show for an exercise. An unchanged stub isn't marked as wrong."""
    return exercise.status if unwritten(exercise) is None else "not judged"


def place(found: Counterexample | SourceError | None) -> Place | None:
    """Return the position of the wrong line in the learner's file, or None."""
    return None if found is None or found.line is None else Place(found.cell, found.line)


def is_definition(line: str) -> bool:
    """Return whether a line begins a function. It says nothing about what is wrong in it."""
    return line.lstrip().startswith(("def ", "async def "))


def _told(one: Property, error: SourceError | None) -> bool:
    """Return whether the file's error explains this test completely."""
    if error is None or one.counterexample is not None:
        return False
    return error.cell is None or f": cell {error.cell}" in (one.reason or "")
