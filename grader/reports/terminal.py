"""The report for people: one line for each exercise, and what to do about whatever is not met."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from rich.padding import Padding
from rich.text import Text

from grader import tables
from grader.records import ExerciseResult, Property, Report, Verdict

MARKS: dict[Verdict, tuple[str, str, str]] = {
    "met": ("✓", "+", "green"),
    "not met": ("✗", "x", "bold red"),
    "not judged": ("○", "o", "yellow"),
}
INDENT = 4
MAX_OUTPUT_LINES = 8


def show(report: Report, console: Console) -> None:
    """Print a whole report."""
    for exercise in report.exercises:
        show_exercise(exercise, console)
    summary(report, console)


def show_exercise(exercise: ExerciseResult, console: Console) -> None:
    """Print an exercise: its verdicts in a line, then each thing that is not met."""
    console.print()
    _headline(exercise, console)
    _verdicts(exercise.properties, console)
    if exercise.error is not None:
        where = f" (line {exercise.error.line})" if exercise.error.line else ""
        _say(f"{exercise.error.type}{where}: {exercise.error.message}", console, "red")
        if exercise.error.source:
            _say(f"  {exercise.error.line} | {exercise.error.source}", console)
    explained: set[str] = set()
    for one in exercise.properties:
        if one.verdict == "not met":
            _explain(one, console, explained)
    _not_judged(exercise.properties, console)
    if exercise.stdout.strip() and exercise.status != "met":
        _output(exercise.stdout, console)


def summary(report: Report, console: Console) -> None:
    """Print the last lines: the score, and where it was judged."""
    console.print()
    whole = f"{points(report.score)} of {points(report.max_score)} points"
    met = sum(exercise.status == "met" for exercise in report.exercises)
    console.print(f"[bold]{whole}[/bold], {met} of {len(report.exercises)} exercises met", highlight=False)
    judged = [device for device, state in report.devices.items() if state == "judged"]
    others = [f"{device} {state}" for device, state in report.devices.items() if state != "judged"]
    line = "; ".join([f"judged on {', '.join(judged) or 'no device'}", *others])
    console.print(f"{line}; seed {report.seed}; isolation {report.isolation.tier}", style="dim", highlight=False)


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
    words = []
    for one in properties:
        mark, plain, style = MARKS[one.verdict]
        name = f"{one.id}[{one.device}]" if several else one.id
        words.append(Text(f"{mark if _unicode(console) else plain}\u00a0{name}", style))
    console.print(Padding(Text("  ").join(words), (0, 0, 0, 2)))


def _explain(one: Property, console: Console, explained: set[str]) -> None:
    mark, plain, style = MARKS["not met"]
    console.print()
    sign = mark if _unicode(console) else plain
    lost = f"{points(one.points)}/{points(one.max_points)}"
    console.print(Text.assemble(("  " + sign + " " + one.id, style), f" ({lost})  ", (one.says, "bold")))
    found = one.counterexample
    if found is None or found.difference is None or found.expected is None:
        _say(one.reason or "", console, "red")
    if found is not None:
        _say(found.call, console, "cyan")
        for name, value in found.inputs.items():
            _input(name, value, console)
        if found.expected is not None or found.obtained is not None:
            _comparison(one, console)
    if one.misconception is not None:
        known = one.misconception
        again = known.slug in explained
        explained.add(known.slug)
        text = f"Known mistake: {known.name}." + (" (as above)" if again else f" {known.message}")
        _say(text, console, "magenta")


def _comparison(one: Property, console: Console) -> None:
    found = one.counterexample
    assert found is not None
    if found.difference is None:
        if found.obtained is not None:
            _block(["came back:", *tables.lines_of(found.obtained)], console)
        return
    _block(tables.side_by_side(found.obtained, found.expected, found.difference), console)
    _say(one.reason or "", console, "red")


def _input(name: str, value: object, console: Console) -> None:
    lines = tables.lines_of(value)
    if len(lines) == 1:
        _block([f"{name} = {lines[0].strip()}"], console)
    else:
        pad = " " * (len(name) + 3)
        _block([f"{name} = {lines[0]}", *(pad + line for line in lines[1:])], console)


def _not_judged(properties: Iterable[Property], console: Console) -> None:
    reasons: dict[str, list[str]] = {}
    for one in properties:
        if one.verdict == "not judged":
            reasons.setdefault(one.reason or "", []).append(one.id)
    mark = MARKS["not judged"][0] if _unicode(console) else MARKS["not judged"][1]
    for reason, names in reasons.items():
        console.print()
        console.print(Text(f"  {mark} not judged: {', '.join(dict.fromkeys(names))}", MARKS["not judged"][2]))
        _say(reason, console)


def _output(text: str, console: Console) -> None:
    lines = text.rstrip().split("\n")
    console.print()
    console.print("  what it printed:", style="dim")
    more = [f"({len(lines) - MAX_OUTPUT_LINES} more lines)"] if len(lines) > MAX_OUTPUT_LINES else []
    _block([*lines[:MAX_OUTPUT_LINES], *more], console, "dim")


def _say(text: str, console: Console, style: str = "") -> None:
    if text:
        console.print(Padding(Text(text, style), (0, 0, 0, INDENT)))


def _block(lines: Iterable[str], console: Console, style: str = "") -> None:
    """Print lines as they are, the marked cells of a table in red."""
    for line in lines:
        text = Text(" " * INDENT + line, style, no_wrap=True, overflow="ellipsis")
        text.highlight_regex(r"\S+\*", "bold red")
        console.print(text)


def _unicode(console: Console) -> bool:
    return (console.encoding or "").lower().startswith("utf")


