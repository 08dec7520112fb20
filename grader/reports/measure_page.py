"""The HTML page of a measurement: the chart, what it shows, and all numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from grader.errors import legible_name
from grader.measure_model import MeasuredPoint, Measurement
from grader.reports import growth_chart, html, measure_units, measure_wording, pages, wording

_POWER = re.compile(r"n\^(\d+(?:\.\d+)?)")
_CODE = re.compile(r"`([^`]+)`")
_MICRO = re.compile(r"(?<=\d )us\b")


@dataclass(frozen=True)
class SummaryLine:
    """What the page says about one contender: its marker, its name, and how it grows."""

    marker: Markup
    name: str
    growth: Markup
    says: Markup


@dataclass(frozen=True)
class ShownNumber:
    """A cell of a table: the number, how far it scatters, and whether it is the fastest of its row."""

    text: str
    spread: str = ""
    is_fastest: bool = False


def page(measurement: Measurement) -> str:
    """Return the page."""
    text = pages.template("measure.html").render(
        measurement=measurement,
        title=legible_name(measurement.title),
        device=wording.named(measurement.device),
        doubt=measure_wording.doubt(measurement),
        chart=chart(measurement),
        summaries=[_summary(measurement, number) for number in range(len(measurement.contenders))],
        speed_note=measure_wording.SPEED_NOTE if measure_wording.has_speeds(measurement) else "",
        remarks=[typeset(one) for one in measure_wording.remarks(measurement)],
        names=[measure_wording.name(one) for one in measurement.contenders],
        times=_rows(measurement, _times),
        memory=[row for row in _rows(measurement, _memory) if any(cell.text for cell in row[1])],
        style=pages.style("report.css", "measure.css"),
    )
    return html.printable(text)


def chart(measurement: Measurement) -> Markup:
    """Return the chart, for any page with the style sheet `measure.css`, or "" if nothing was measured."""
    return Markup(_MICRO.sub("µs", growth_chart.chart(measurement)))  # noqa: S704 - the chart is escaped


def typeset(sentence: str) -> Markup:
    """Return a sentence with raised powers, the Greek letter in microseconds, and marked code."""
    text = _MICRO.sub("µs", str(escape(legible_name(sentence))))
    text = _CODE.sub(r"<code>\1</code>", _POWER.sub(r"n<sup>\1</sup>", text))
    return Markup(text.replace("n = ", "n&nbsp;=&nbsp;"))  # noqa: S704 - the text is escaped


def _summary(measurement: Measurement, number: int) -> SummaryLine:
    one = measurement.contenders[number]
    said = typeset(measure_wording.summary(one, measurement.operations))
    return SummaryLine(growth_chart.marker(number), measure_wording.name(one), said, typeset(one.says))


def _rows(
    measurement: Measurement, cells: Callable[[list[MeasuredPoint | None]], list[ShownNumber]]
) -> list[tuple[int, list[ShownNumber]]]:
    sizes = measure_wording.sizes(measurement)
    return [(size, cells(measure_wording.at(measurement, size))) for size in sizes]


def _times(points: list[MeasuredPoint | None]) -> list[ShownNumber]:
    fastest = measure_wording.fastest(points)
    return [_time(point, is_fastest=best) for point, best in zip(points, fastest, strict=True)]


def _time(point: MeasuredPoint | None, *, is_fastest: bool) -> ShownNumber:
    if point is None:
        return ShownNumber("")
    text = _MICRO.sub("µs", measure_units.time(point.seconds))
    return ShownNumber(text, f"{100 * point.spread:.0f} %", is_fastest)


def _memory(points: list[MeasuredPoint | None]) -> list[ShownNumber]:
    return [ShownNumber(measure_units.memory(one.held) if one and one.held else "") for one in points]
