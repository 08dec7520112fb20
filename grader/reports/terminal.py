"""The report in the terminal: one line per exercise, then what to fix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from grader.report_model import DEVICE, ExerciseResult, Property, Report
from grader.reports import folded_devices, terminal_finding, wording
from grader.reports.layout import STYLES, heading, mark, paragraph, verbatim
from grader.reports.terminal_finding import Aside
from grader.reports.wording import points
from grader.source_text import SourceText

NOT_AT_HAND = SourceText("", "")
MAX_OUTPUT_LINES = 8


def show_exercise(
    exercise: ExerciseResult,
    console: Console,
    written: SourceText = NOT_AT_HAND,
    asides: Mapping[str, Aside] | None = None,
    *,
    only_first: bool = False,
    is_one_of_many: bool = False,
) -> None:
    """Print an exercise: its verdicts on one line, then each failed test or only the first.

    A correct exercise that is one of many takes only one line.

    `written` is the graded text, from which lines are quoted. The keys of `asides`
    are replay tokens.
    """
    exercise = folded_devices.told(exercise)
    if is_one_of_many and exercise.status == "met" and exercise.error is None:
        _one_line(exercise, console)
        return
    console.print()
    _headline(exercise, console)
    _verdicts(exercise.properties, console)
    if _nothing_ran(exercise, console):
        return
    groups = wording.by_cause(wording.worth_explaining(exercise))
    explained: set[str] = set()
    for first, *others in groups[:1] if only_first else groups:
        terminal_finding.explain(first, console, explained, written, (asides or {}).get(first.replay or ""))
        if others:
            paragraph(f"also wrong for this reason: {_names(others)}", console, "dim")
    if only_first and groups[1:]:
        console.print()
        paragraph(f"then fix: {_names([one for group in groups[1:] for one in group])}", console, "dim")
    if not only_first or (not groups and exercise.error is None):
        _not_judged(exercise.properties, console)
    if exercise.stdout.strip() and exercise.status != "met":
        _output(exercise.stdout, console)


def show_so_far(
    name: str, title: str, ruled: list[Property], console: Console, written: SourceText = NOT_AT_HAND
) -> None:
    """Print an exercise that is still running: its verdicts so far, and the first thing to fix."""
    ruled = folded_devices.folded(ruled)
    console.print()
    console.print(Text.assemble((name, "bold"), "  ", title, ("  testing ...", "dim")))
    _verdicts(ruled, console)
    wrong = [one for one in ruled if one.verdict == "not met"]
    if wrong:
        terminal_finding.explain(wrong[0], console, set(), written)


def show_replay(exercise: ExerciseResult, console: Console, written: SourceText) -> None:
    """Print one case, correct or wrong: the call, the result, and the learner's line."""
    console.print()
    console.print(Text.assemble((exercise.id, "bold"), "  ", exercise.title))
    if exercise.error is not None:
        terminal_finding.trouble(exercise.error, console, "red")
    # A further device is shown only if it fails.
    properties = [one for one in exercise.properties if not one.evidence or one.verdict == "not met"]
    for one in properties:
        if one.verdict != "not judged":
            terminal_finding.replayed(one, console, written)
    _not_judged(properties, console)


def summary(report: Report, console: Console) -> None:
    """Print the last lines: the score and the devices."""
    console.print()
    whole = f"{points(report.score)} of {points(report.max_score)} points"
    met = sum(exercise.status == "met" for exercise in report.exercises)
    console.print(
        f"[bold]{whole}[/bold], {met} of {len(report.exercises)} exercises correct", highlight=False
    )
    for one in report.submission.unread:
        paragraph(f"not read: {one}", console, "dim")
    line = wording.judged_on(report.devices)
    where = f"{line}; seed {report.seed}; isolation {report.isolation.tier}"
    console.print(where, style="dim", highlight=False, soft_wrap=True)


def _headline(exercise: ExerciseResult, console: Console) -> None:
    style = STYLES[wording.look(exercise)]
    line = Text.assemble((exercise.id, "bold"), "  ", exercise.title)
    score = Text(
        f"{points(exercise.score)}/{points(exercise.max_score)} points, {wording.standing(exercise)}",
        style,
    )
    gap = console.width - line.cell_len - score.cell_len
    if gap >= 2:
        console.print(Text.assemble(line, " " * gap, score), soft_wrap=True)
    else:
        console.print(line)
        console.print(score)


def _one_line(exercise: ExerciseResult, console: Console) -> None:
    """Print a correct exercise: a mark, its name, and its title if there is room."""
    name = Text(f"{mark('met', console)} {exercise.id}", STYLES["met"])
    score = f"{points(exercise.score)}/{points(exercise.max_score)} points"
    title = f"  {exercise.title}"
    room = console.width - name.cell_len - len(score) - 2
    if Text(title).cell_len > room:
        title = ""
    gap = " " * max(room + 2 - Text(title).cell_len, 1)
    console.print(Text.assemble(name, title, gap, score), soft_wrap=True)


def _verdicts(properties: Sequence[Property], console: Console) -> None:
    line = Text("  ")
    for one in properties:
        word = Text(f"{mark(one.verdict, console)} {one.id}", STYLES[one.verdict])
        if one.device != properties[0].device and one.id != DEVICE:
            word.append(f"[{one.device}]")
        # Wrap here: Rich would also break between the mark and the name.
        if line.cell_len + word.cell_len > console.width:
            console.print(line)
            line = Text("  ")
        line.append_text(word).append("  ")
    console.print(line)


def _nothing_ran(exercise: ExerciseResult, console: Console) -> bool:
    """Print why the file doesn't load. Return True for an unchanged stub, which needs no further output."""
    if exercise.error is not None:
        terminal_finding.trouble(exercise.error, console, "yellow" if exercise.status == "met" else "red")
    if (stub := wording.unwritten(exercise)) is not None:
        paragraph(stub, console, "yellow")
        return True
    for known in wording.known_of_error(exercise):
        terminal_finding.known(known, console, set())
    return False


def _names(properties: Sequence[Property]) -> str:
    return ", ".join(f"{one.id}{wording.elsewhere(one)}" for one in properties)


def _not_judged(properties: Sequence[Property], console: Console) -> None:
    for reason, where, names in wording.reasons(properties):
        sign = mark("not judged", console)
        # If no test ran, the line above shows all names already.
        which = "" if 1 < len(names) == len(properties) else f": {', '.join(names)}"
        heading(Text(f"{sign} not tested{where}{which}", STYLES["not judged"]), console)
        paragraph(reason, console)


def _output(text: str, console: Console) -> None:
    lines = text.rstrip().split("\n")
    console.print()
    console.print("  your program printed:", style="dim")
    more = [f"({len(lines) - MAX_OUTPUT_LINES} more lines)"] if len(lines) > MAX_OUTPUT_LINES else []
    verbatim([*lines[:MAX_OUTPUT_LINES], *more], console, "dim")
