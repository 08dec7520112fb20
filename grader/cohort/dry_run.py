"""`grade cohort --dry-run`: who handed in what, and what is left out. Nothing is graded or written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cohort.download import LeftOut
from grader.cohort.folder_scan import CohortEntry
from grader.cohort.intake import Intake
from grader.course import Course
from grader.errors import GraderError, legible_name

MOST_LISTED = 8
# Of files left out for one reason. A clone may contain a whole course.
MOST_FILES = 20
HEADS = ("learner", "submission", "exercises", "handed in")


def show_intake(intake: Intake, console: Console, *, due: object = None) -> None:
    """Print the layout, what doesn't fit the roster, and with a due date whose time isn't known."""
    total = len(intake.entries)
    plural = "" if total == 1 else "s"
    line = f"Read as {intake.layout.says} ({intake.layout.name}): {total} submission{plural}"
    console.print(Text(line), soft_wrap=True)
    for said, names in (
        ("Not in the roster", intake.strangers),
        ("More than one submission of a learner", intake.doubles),
        ("In the roster, nothing handed in", [one.shown for one in intake.absent]),
        ("Time not known, so never late", [e.name for e in intake.entries if due and e.arrived is None]),
    ):
        if names:
            console.print(Text(f"  {said}: {few(names)}"), soft_wrap=True)


def dry_run(intake: Intake, course: Course, wanted: tuple[str, ...], console: Console) -> int:
    """Print each learner with the exercises found, and each file that is left out. Return the exit code."""
    show_intake(intake, console)
    timed = any(entry.arrived or entry.late for entry in intake.entries)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for head in HEADS if timed else HEADS[:-1]:
        table.add_column(head, overflow="fold")
    left_out = list(intake.left_out)
    for entry in intake.entries:
        answered, unread = _answers(entry, course, wanted)
        cells = (_named(entry), entry.name, answered, _time(entry))
        table.add_row(*map(Text, cells[: len(table.columns)]))
        left_out += unread
    console.print(table)
    if left_out:
        console.print("\nLeft out", style="bold", highlight=False)
        for line in _left_out(left_out):
            console.print(Text(f"  {line}"), soft_wrap=True)
    return 0


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Yield a line for each file. Of many with one reason, only some are named."""
    counts: Counter[str] = Counter()
    for one in left_out:
        counts[one.why] += 1
        if counts[one.why] <= MOST_FILES:
            yield f"{legible_name(one.path)}: {one.why}"
    for why, count in counts.items():
        if count > MOST_FILES:
            yield f"{count - MOST_FILES} more: {why}"


def few(names: Sequence[str], most: int = MOST_LISTED) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _answers(entry: CohortEntry, course: Course, wanted: tuple[str, ...]) -> tuple[str, list[LeftOut]]:
    try:
        text = entry.read(course, wanted)
    except GraderError as error:
        return f"none: {error.found}", []
    found = [
        f"{file.exercise} (not handed in)" if not file.handed_in else file.exercise + _trouble(file.trouble)
        for file in text.files
    ]
    return ", ".join(found), [LeftOut(entry.name, one) for one in text.unread]


def _trouble(why: str) -> str:
    return f" ({why})" if why else ""


def _named(entry: CohortEntry) -> str:
    one = entry.learner
    return f"{one.name} ({one.id})" if one.name and one.name != one.id else one.id


def _time(entry: CohortEntry) -> str:
    if entry.arrived is None:
        return "late" if entry.late else ""
    return entry.arrived.isoformat(sep=" ", timespec="minutes") + (", late" if entry.late else "")
