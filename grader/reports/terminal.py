"""The report for people: one line for each exercise, and what to do about whatever is not met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader import tables
from grader.records import (
    KINDS,
    Counterexample,
    ExerciseResult,
    Kind,
    Misconception,
    Property,
    Report,
    SourceError,
    Verdict,
)
from grader.reports import signs, worked
from grader.sandbox.cells import Place, Written
from grader.tables import clean

MARKS: dict[Verdict, tuple[str, str, str]] = {
    "met": ("✓", "+", "green"),
    "not met": ("✗", "x", "bold red"),
    "not judged": ("○", "o", "yellow"),
}
COLOURS: dict[Kind, str] = {"mistake": "magenta", "convention": "cyan", "environment": "yellow"}
INDENT = 4
SIMULATED = "sim"
MAX_OUTPUT_LINES = 8
MAX_CELLS = 12


class Aside(NamedTuple):
    """What is said dimly beside a case that failed, before it and after it."""

    before: str = ""
    after: str = ""


def show_exercise(
    exercise: ExerciseResult,
    console: Console,
    source: str = "",
    asides: Mapping[str, Aside] | None = None,
    *,
    cells: Sequence[int] = (),
) -> None:
    """Print an exercise: its verdicts in a line, then each thing that is not met.

    `source` is the text that was judged, for showing the lines that are blamed; `cells` are the lines on
    which a notebook's cells begin in it. `asides` go with the cases that bear these tokens.
    """
    console.print()
    _headline(exercise, console)
    _verdicts(exercise.properties, console)
    if not _nothing_ran(exercise, console):
        explained: set[str] = set()
        for one in worth_explaining(exercise):
            aside = (asides or {}).get(one.replay or "")
            _explain(one, console, explained, Written(source, cells), aside)
        _not_judged(exercise.properties, console)
        if exercise.stdout.strip() and exercise.status != "met":
            _output(exercise.stdout, console)


def show_first(
    exercise: ExerciseResult,
    console: Console,
    source: str = "",
    asides: Mapping[str, Aside] | None = None,
    *,
    cells: Sequence[int] = (),
) -> None:
    """Print an exercise with the first thing to do in it; what else isn't met is named."""
    console.print()
    _headline(exercise, console)
    _verdicts(exercise.properties, console)
    if _nothing_ran(exercise, console):
        return
    wrong = worth_explaining(exercise)
    for one in wrong[:1]:
        _explain(one, console, set(), Written(source, cells), (asides or {}).get(one.replay or ""))
    if wrong[1:]:
        console.print()
        _say(f"then: {', '.join(one.id for one in wrong[1:])}", console, "dim")
    if not wrong and exercise.error is None:
        _not_judged(exercise.properties, console)
    if exercise.stdout.strip() and exercise.status != "met":
        _output(exercise.stdout, console)


def show_so_far(
    name: str,
    title: str,
    ruled: list[Property],
    console: Console,
    source: str = "",
    *,
    cells: Sequence[int] = (),
) -> None:
    """Print an exercise that is still being judged: its verdicts so far, and the first thing to do."""
    console.print()
    console.print(Text.assemble((name, "bold"), "  ", title, ("  judging ...", "dim")))
    _verdicts(ruled, console)
    wrong = [one for one in ruled if one.verdict == "not met"]
    if wrong:
        _explain(wrong[0], console, set(), Written(source, cells))


def show_replay(
    exercise: ExerciseResult, console: Console, source: str, *, cells: Sequence[int] = ()
) -> None:
    """Print one case, whether it is met or not: what was asked, what came back, and of which line."""
    written = Written(source, cells)
    console.print()
    console.print(Text.assemble((exercise.id, "bold"), "  ", exercise.title))
    if exercise.error is not None:
        _error(exercise.error, console, "red")
    for one in exercise.properties:
        if one.verdict != "not judged":
            _heading(one, console, scored=False)
            _replayed(one, console, written)
    _not_judged(exercise.properties, console)


def _replayed(one: Property, console: Console, written: Written) -> None:
    found = one.counterexample
    if one.verdict == "not met":
        _found(one, console, set(), written)
    elif found is not None:
        _case(found, console)
        _block(["came back:", *tables.lines_of(found.obtained)], console)
        _say("the case now passes; `grade run` tries others", console, MARKS["met"][2])
    if found is not None and found.line is not None and one.cause in {None, "wrong"}:
        place = Place(found.cell, found.line)
        _line(place, written.line_at(place), console)


def summary(report: Report, console: Console) -> None:
    """Print the last lines: the score, and where it was judged."""
    console.print()
    whole = f"{points(report.score)} of {points(report.max_score)} points"
    met = sum(exercise.status == "met" for exercise in report.exercises)
    console.print(f"[bold]{whole}[/bold], {met} of {len(report.exercises)} exercises met", highlight=False)
    judged = [named(device) for device, state in report.devices.items() if state == "judged"]
    others = [f"{device} {state}" for device, state in report.devices.items() if state != "judged"]
    line = "; ".join([f"judged on {', '.join(judged) or 'no device'}", *others])
    where = f"{line}; seed {report.seed}; isolation {report.isolation.tier}"
    console.print(where, style="dim", highlight=False, soft_wrap=True)


def named(device: str) -> str:
    """Return a device's name for people: what was only simulated says so."""
    return f"{device} (simulated)" if device == SIMULATED else device


def points(value: float) -> str:
    """Return points as a person writes them."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _headline(exercise: ExerciseResult, console: Console) -> None:
    style = MARKS[exercise.status][2]
    line = Text.assemble((exercise.id, "bold"), "  ", exercise.title)
    score = Text(f"{points(exercise.score)}/{points(exercise.max_score)} points, {exercise.status}", style)
    gap = console.width - line.cell_len - score.cell_len
    if gap >= 2:
        console.print(Text.assemble(line, " " * gap, score), soft_wrap=True)
    else:
        console.print(line)
        console.print(score)


def _verdicts(properties: Iterable[Property], console: Console) -> None:
    several = len({one.device for one in properties}) > 1
    line = Text("  ")
    for one in properties:
        word = Text(f"{_mark(one.verdict, console)} {one.id}", MARKS[one.verdict][2])
        if several:
            word.append(f"[{one.device}]")
        # Rich would also wrap between the mark and the name.
        if line.cell_len + word.cell_len > console.width:
            console.print(line)
            line = Text("  ")
        line.append_text(word).append("  ")
    console.print(line)


def _nothing_ran(exercise: ExerciseResult, console: Console) -> bool:
    """Print why the file doesn't load; say whether there is no more to say, the stub being as it came."""
    if exercise.error is not None:
        _error(exercise.error, console, "yellow" if exercise.status == "met" else "red")
    if _unwritten(exercise):
        _say(next(one.reason or "" for one in exercise.properties), console, "yellow")
        return True
    if exercise.error is not None:
        for known in {one.misconception for one in exercise.properties if one.counterexample is None}:
            _known(known, console, set())
    return False


def worth_explaining(exercise: ExerciseResult) -> list[Property]:
    """Return what isn't met, less what the error of the file has explained."""
    return [one for one in exercise.properties if one.verdict == "not met" and not _told(one, exercise.error)]


def _told(one: Property, error: SourceError | None) -> bool:
    """Say whether the error above says all that there is to say about a property."""
    if error is None or one.counterexample is not None:
        return False
    return error.cell is None or f": cell {error.cell}" in (one.reason or "")


def _unwritten(exercise: ExerciseResult) -> bool:
    """Say whether nothing was judged because the stub is as it came."""
    return exercise.score == 0 and all(
        "not implemented yet" in (one.reason or "") for one in exercise.properties
    )


def _explain(
    one: Property, console: Console, explained: set[str], written: Written, aside: Aside | None = None
) -> None:
    _heading(one, console)
    if aside:
        _say(aside.before, console, "dim")
    _found(one, console, explained, written)
    if aside and aside.after:
        console.print(Text(" " * INDENT + aside.after, "dim"), soft_wrap=True)


def _found(one: Property, console: Console, explained: set[str], written: Written) -> None:
    found = one.counterexample
    if found is None:
        _say(one.reason or "", console, "red")
        return
    _case(found, console)
    room = max(console.width - INDENT, 1)
    if found.difference is not None:
        sides = tables.side_by_side(found.obtained, found.expected, found.difference, width=room)
        _block(sides, console)
    elif found.obtained is not None:
        _block(["came back:", *tables.lines_of(found.obtained, width=room)], console)
    if found.window is not None:
        _block((signs.fit(line, console.encoding) for line in worked.lines(found.window, room)), console)
    _say(one.reason or "", console, "red")
    if one.cause != "wrong" and found.line is not None:
        place = Place(found.cell, found.line)
        _line(place, written.line_at(place), console)
    _known(one.misconception, console, explained)


def _known(known: Misconception | None, console: Console, explained: set[str]) -> None:
    """Print what is known about an answer, in whole the first time."""
    if known is not None:
        message = "(as above)" if known.slug in explained else known.message
        explained.add(known.slug)
        _say(f"{KINDS[known.kind]}: {known.name}. {message}", console, COLOURS[known.kind])


def _error(error: SourceError, console: Console, style: str) -> None:
    """Print what kept a file from loading, or a notebook's cell from running."""
    cell = "" if error.cell is None else f"cell {error.cell}: "
    _say(f"{cell}{error.type}: {error.message}", console, style)
    if error.line is not None:
        _line(Place(error.cell, error.line), error.source, console)
    if error.other_cells:
        cells = ", ".join(map(str, error.other_cells[:MAX_CELLS]))
        more = ", ..." if len(error.other_cells) > MAX_CELLS else ""
        word = "cell" if len(error.other_cells) == 1 else "cells"
        _say(f"broken as well: {word} {cells}{more}", console, style)


def _heading(one: Property, console: Console, *, scored: bool = True) -> None:
    console.print()
    mark = (f"{_mark(one.verdict, console)} {one.id}", MARKS[one.verdict][2])
    earned = f" ({points(one.points)}/{points(one.max_points)})" if scored else ""
    line = Text.assemble(mark, earned, "  ", (one.says, "bold"))
    console.print(Padding(line, (0, 0, 0, 2), expand=False))


def _case(found: Counterexample, console: Console) -> None:
    """Print what was asked, and the inputs that don't stand in the call."""
    _say(found.call, console, "cyan")
    for name, value in found.inputs.items():
        if f"{name}=" not in found.call:
            _input(name, value, console)


def _line(place: Place, text: str | None, console: Console) -> None:
    """Print the learner's own line."""
    if text is not None:
        cell = "" if place.cell is None else f"cell {place.cell}, "
        _block([f"{cell}line {place.line}:  {clean(text.strip())}"], console, "dim")


def _input(name: str, value: object, console: Console) -> None:
    array = tables.as_array(value)
    if array is None:
        return
    pad = " " * (len(name) + 3)
    if len(array.shape) == 1:
        _say(f"{name} = [{', '.join(tables.lines_of(array)[0].split())}]", console)
        return
    first, *others = tables.lines_of(array, width=max(console.width - INDENT - len(pad), 1))
    _block([f"{name} = {first}", *(pad + line for line in others)], console)


def _not_judged(properties: Iterable[Property], console: Console) -> None:
    reasons: dict[str, list[str]] = {}
    for one in properties:
        if one.verdict == "not judged":
            reasons.setdefault(one.reason or "", []).append(one.id)
    mark = _mark("not judged", console)
    for reason, names in reasons.items():
        console.print()
        heading = Text(f"{mark} not judged: {', '.join(dict.fromkeys(names))}", MARKS["not judged"][2])
        console.print(Padding(heading, (0, 0, 0, 2), expand=False))
        _say(reason, console)


def _output(text: str, console: Console) -> None:
    lines = text.rstrip().split("\n")
    console.print()
    console.print("  what it printed:", style="dim")
    more = [f"({len(lines) - MAX_OUTPUT_LINES} more lines)"] if len(lines) > MAX_OUTPUT_LINES else []
    _block([*lines[:MAX_OUTPUT_LINES], *more], console, "dim")


def _say(text: str, console: Console, style: str = "") -> None:
    if text:
        console.print(Padding(Text(text, style), (0, 0, 0, INDENT), expand=False))


def _block(lines: Iterable[str], console: Console, style: str = "") -> None:
    """Print lines as they are, the marked cells of a table in red."""
    for line in lines:
        text = Text(" " * INDENT + line, style)
        text.highlight_regex(r"\S+\*", "bold red")
        # A matrix whose rows are broken in two can't be read; that is left to the terminal.
        console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _mark(verdict: Verdict, console: Console) -> str:
    mark, plain, _ = MARKS[verdict]
    return plain if signs.is_plain(console.encoding) else mark
