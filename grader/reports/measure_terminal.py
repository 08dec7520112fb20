"""A measurement in the terminal: a table of times, a plot, and what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.errors import legible_name
from grader.measure_model import Measurement
from grader.reports import ascii_fallback, growth_plot, layout, measure_units, measure_wording, wording

GAP = 2
LONGEST_NAME = 16
FASTEST = "*"
FASTEST_NOTE = f"{FASTEST} the fastest at this size; with several {FASTEST}, they are equally fast"
NOTHING = "-"
WIDEST_PLOT = 76

# One column: its heading, and the text of each row. A `*` at the end marks the fastest.
Column = tuple[Text, list[Text]]


def show(measurement: Measurement, console: Console) -> None:
    """Print a measurement."""
    console.print()
    title = legible_name(measurement.title)
    console.print(Text.assemble((legible_name(measurement.exercise), "bold"), "  ", title))
    doubt = measure_wording.doubt(measurement)
    layout.paragraph(doubt, console, "bold red" if doubt.startswith("wrong") else "yellow")
    where = f"`{measurement.function}` on {wording.named(measurement.device)}; n is {measurement.size}"
    layout.paragraph(legible_name(where), console, "dim")
    console.print()
    _print(_tables(measurement, console), console)
    if len(measurement.contenders) > 1:
        layout.paragraph(FASTEST_NOTE, console, "dim")
    _plot(measurement, console)
    _sentences(measurement, console)


def _tables(measurement: Measurement, console: Console) -> Iterator[Text]:
    """Yield the table's lines. Columns that don't fit stand in further tables below."""
    sizes, *others = _columns(measurement, console)
    room = layout.room(console)
    while others:
        shown = 1
        while shown < len(others) and _width([sizes, *others[: shown + 1]]) <= room:
            shown += 1
        yield from _rows([sizes, *others[:shown]])
        others = others[shown:]
        if others:
            yield Text()


def _columns(measurement: Measurement, console: Console) -> list[Column]:
    sizes = measure_wording.sizes(measurement, measure_wording.MOST_ROWS)
    found: list[Column] = [(Text("n"), [Text(str(size)) for size in sizes])]
    found += [(_heading(measurement, number, console), []) for number in range(len(measurement.contenders))]
    for size in sizes:
        points = measure_wording.at(measurement, size)
        for column, point, best in zip(found[1:], points, measure_wording.fastest(points), strict=True):
            text = NOTHING if point is None else measure_units.time(point.seconds)
            column[1].append(Text(text + (FASTEST if best else " "), "bold" if best else ""))
    return found


def _heading(measurement: Measurement, number: int, console: Console) -> Text:
    name = measure_wording.name(measurement.contenders[number])
    if cell_len(name) > LONGEST_NAME:
        name = set_cell_size(name, LONGEST_NAME - 3) + "..."
    # The blank stands above the place of the mark of the fastest.
    return _marked(number, name + " ", console)


def _marked(number: int, text: str, console: Console) -> Text:
    sign, style = growth_plot.mark(number, plain=ascii_fallback.is_plain(console.encoding))
    return Text.assemble((sign, style), " ", text)


def _width(columns: Sequence[Column]) -> int:
    return sum(map(_column_width, columns)) + GAP * (len(columns) - 1)


def _column_width(column: Column) -> int:
    heading, rows = column
    return max(one.cell_len for one in (heading, *rows))


def _rows(columns: Sequence[Column]) -> Iterator[Text]:
    for cells in zip(*([heading, *rows] for heading, rows in columns), strict=True):
        line = Text()
        for column, cell in zip(columns, cells, strict=True):
            line.append(" " * (_column_width(column) - cell.cell_len + (GAP if line else 0)))
            line.append_text(cell)
        line.rstrip()
        yield line


def _plot(measurement: Measurement, console: Console) -> None:
    plain = ascii_fallback.is_plain(console.encoding)
    width = min(layout.room(console), WIDEST_PLOT)
    lines = growth_plot.plot(measurement.contenders, width, plain=plain)
    if lines:
        console.print()
        _print(lines, console)


def _sentences(measurement: Measurement, console: Console) -> None:
    console.print()
    for number, one in enumerate(measurement.contenders):
        said = measure_wording.summary(one, measurement.operations)
        _print_wrapped(_marked(number, f"{measure_wording.name(one)} {said}", console), console)
        _print_wrapped(Text(legible_name(one.says), "dim"), console, deeper=2)
    if measure_wording.has_speeds(measurement):
        console.print()
        layout.paragraph(measure_wording.SPEED_NOTE, console, "dim")
    remarks = measure_wording.remarks(measurement)
    if remarks:
        console.print()
    for remark in remarks:
        layout.paragraph(remark, console)


def _print(lines: Iterable[Text], console: Console) -> None:
    """Print lines as they are: a plot or a table with broken lines can't be read."""
    for line in lines:
        text = Text(" " * layout.INDENT).append_text(line) if line else Text()
        console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _print_wrapped(text: Text, console: Console, deeper: int = 0) -> None:
    if text:
        console.print(Padding(text, (0, 0, 0, layout.INDENT + deeper), expand=False))
