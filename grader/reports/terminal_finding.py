"""One finding in the terminal: the test, the smallest case, the result, and the known mistake."""

from __future__ import annotations

from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from grader import text_table
from grader.report_model import KINDS, Counterexample, Kind, Misconception, Property, SourceError
from grader.reports import ascii_fallback, sum_text, wording
from grader.reports.layout import INDENT, STYLES, heading, mark, paragraph, room, verbatim
from grader.sanitize import clean
from grader.source_text import Place, SourceText

COLOURS: dict[Kind, str] = {"mistake": "magenta", "convention": "cyan", "environment": "yellow"}
MAX_CELLS = 12


class Aside(NamedTuple):
    """The dimmed lines around a failed case: one before it, one after it, and its laboratory address."""

    before: str = ""
    after: str = ""
    see: str = ""


def explain(
    one: Property, console: Console, explained: set[str], written: SourceText, aside: Aside | None = None
) -> None:
    """Print a failed test. `explained` contains the mistakes that were already printed in full."""
    _headline(one, console)
    if aside:
        paragraph(aside.before, console, "dim")
    _found(one, console, explained, written)
    if aside and aside.after:
        console.print(Text(" " * INDENT + aside.after, "dim"), soft_wrap=True)
    if aside and aside.see:
        console.print(Text(f"{' ' * INDENT}see it: {aside.see}", "dim"), soft_wrap=True)


def replayed(one: Property, console: Console, written: SourceText) -> None:
    """Print the replayed case, whether it is correct or wrong."""
    _headline(one, console, scored=False)
    found = one.counterexample
    if one.verdict == "not met":
        _found(one, console, set(), written)
    elif found is not None:
        _case(found, console)
        verbatim(["you returned:", *text_table.lines_of(found.obtained)], console)
        paragraph("This case is correct now. Run `grade run` to test the others.", console, STYLES["met"])
    if one.cause in {None, "wrong"}:
        _line(wording.place(found), written, console)


def known(one: Misconception | None, console: Console, explained: set[str]) -> None:
    """Print a known mistake, in full the first time."""
    if one is not None:
        message = "(as above)" if one.slug in explained else one.message
        explained.add(one.slug)
        paragraph(f"{KINDS[one.kind]}: {one.name}. {message}", console, COLOURS[one.kind])


def trouble(error: SourceError, console: Console, style: str) -> None:
    """Print the error that prevents a file from loading or a notebook cell from running."""
    cell = "" if error.cell is None else f"cell {error.cell}: "
    paragraph(f"{cell}{error.type}: {error.message}", console, style)
    _named_line(wording.place(error), error.source, console)
    if error.other_cells:
        cells = ", ".join(map(str, error.other_cells[:MAX_CELLS]))
        more = ", ..." if len(error.other_cells) > MAX_CELLS else ""
        word = "cell" if len(error.other_cells) == 1 else "cells"
        paragraph(f"also broken: {word} {cells}{more}", console, style)


def _headline(one: Property, console: Console, *, scored: bool = True) -> None:
    sign = (f"{mark(one.verdict, console)} {one.id}", STYLES[one.verdict])
    earned = f" ({wording.points(one.points)}/{wording.points(one.max_points)})" if scored else ""
    heading(Text.assemble(sign, wording.elsewhere(one), earned, "  ", (one.says, "bold")), console)


def _found(one: Property, console: Console, explained: set[str], written: SourceText) -> None:
    found = one.counterexample
    if found is None:
        paragraph(one.reason or "", console, "red")
        return
    _case(found, console)
    _compared(found, console)
    paragraph(one.reason or "", console, "red")
    if one.cause != "wrong":
        _line(wording.place(found), written, console)
    known(one.misconception, console, explained)


def _compared(found: Counterexample, console: Console) -> None:
    """Print the actual and expected results side by side, and the first wrong cell as a sum."""
    width = room(console)
    if found.difference is not None:
        verbatim(
            text_table.side_by_side(found.obtained, found.expected, found.difference, width=width), console
        )
    elif found.obtained is not None:
        verbatim(["you returned:", *text_table.lines_of(found.obtained, width=width)], console)
    if found.window is not None:
        verbatim(
            (ascii_fallback.fit(line, console.encoding) for line in sum_text.lines(found.window, width)),
            console,
        )


def _case(found: Counterexample, console: Console) -> None:
    """Print the call, and any inputs that it doesn't show."""
    paragraph(found.call, console, "cyan")
    for name, value in found.inputs.items():
        if f"{name}=" not in found.call:
            _input(name, value, console)


def _input(name: str, value: object, console: Console) -> None:
    array = text_table.as_array(value)
    if array is None:
        return
    pad = " " * (len(name) + 3)
    if len(array.shape) == 1:
        paragraph(f"{name} = [{', '.join(text_table.lines_of(array)[0].split())}]", console)
        return
    first, *others = text_table.lines_of(array, width=max(room(console) - len(pad), 1))
    verbatim([f"{name} = {first}", *(pad + line for line in others)], console)


def _line(place: Place | None, written: SourceText, console: Console) -> None:
    """Print the learner's line. The first line of a function explains nothing."""
    text = None if place is None else written.line_at(place)
    if text is not None and not wording.is_definition(text):
        _named_line(place, text, console)


def _named_line(place: Place | None, text: str | None, console: Console) -> None:
    if place is not None and text is not None:
        verbatim([f"{place.name}:  {clean(text.strip())}"], console, "dim")
