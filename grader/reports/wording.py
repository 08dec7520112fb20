"""What a report says of what was found, whatever it is drawn on: the terminal and the page say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.report_model import (
    DEVICE,
    SIMULATED,
    Counterexample,
    ExerciseResult,
    Misconception,
    Property,
    SourceError,
)
from grader.source_text import Place

HOUR = 60


def time(minutes: int) -> str:
    """Return a time as people write it: `1 h 20 min`."""
    hours, rest = divmod(minutes, HOUR)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def points(value: float) -> str:
    """Return points as a person writes them."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def named(device: str) -> str:
    """Return a device's name for people: what was only simulated says so."""
    return f"{device} (simulated)" if device == SIMULATED else device


def judged_on(devices: Mapping[str, str]) -> str:
    """Return which devices were judged, and of the others why not."""
    judged = [named(device) for device, state in devices.items() if state == "judged"]
    others = [f"{device} {state}" for device, state in devices.items() if state != "judged"]
    return "; ".join([f"judged on {', '.join(judged) or 'no device'}", *others])


def worth_explaining(exercise: ExerciseResult) -> list[Property]:
    """Return what isn't met, less what the error of the file has explained."""
    return [one for one in exercise.properties if one.verdict == "not met" and not _told(one, exercise.error)]


def known_of_error(exercise: ExerciseResult) -> list[Misconception]:
    """Return what is known about the error that kept the file from loading, each once."""
    if exercise.error is None:
        return []
    known = [one.misconception for one in exercise.properties if one.counterexample is None]
    return list(dict.fromkeys(one for one in known if one is not None))


def elsewhere(one: Property) -> str:
    """Return on which device a property was judged, where that needs saying."""
    return "" if one.device == "cpu" else f" on {named(one.device)}"


def reasons(laws: Iterable[Property]) -> list[tuple[str, str, list[str]]]:
    """Return why properties were not judged, and where: each reason once with the names it goes for."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in laws:
        if one.verdict == "not judged":
            found.setdefault((one.reason or "", elsewhere(one)), []).append(one.id)
    return [(*reason, list(dict.fromkeys(names))) for reason, names in found.items()]


def unwritten(exercise: ExerciseResult) -> str | None:
    """Return what there is to say of a stub that is as it came; None of any other text."""
    said = [one.reason or "" for one in exercise.properties if one.id != DEVICE]
    if not said or exercise.score or not all("not implemented yet" in reason for reason in said):
        return None
    return said[0]


def place(found: Counterexample | SourceError | None) -> Place | None:
    """Return the learner's line that is blamed, where one is."""
    return None if found is None or found.line is None else Place(found.cell, found.line)


def _told(one: Property, error: SourceError | None) -> bool:
    """Say whether the error of the file says all that there is to say about a property."""
    if error is None or one.counterexample is not None:
        return False
    return error.cell is None or f": cell {error.cell}" in (one.reason or "")
