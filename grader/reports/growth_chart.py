"""A chart of times over sizes: SVG on logarithmic scales, once for wide screens and once for phones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from grader.measure_model import Contender, MeasuredPoint, Measurement
from grader.reports import measure_units, measure_wording
from grader.reports.log_axis import LogAxis

# Path data of each contender's marker, around its point. The style sheet has as many colours and dashes.
MARKERS = (
    "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "m0-5l5 9h-10z",
    "m-4-4h8v8h-8z",
    "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    "m-4.5-4.5l9 9m0-9l-9 9",
    "m-5 0h10m-5-5v10",
    "m0 5l5-9h-10z",
    "m-5-3h10v6h-10z",
)
LETTER = 7.3
LINE = 16
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class ChartSize:
    """The measures of a chart, and its CSS class. `label` is how many letters of a name it shows at most."""

    kind: str
    width: int
    height: int
    label: int
    left: int = 58
    top: int = 30
    bottom: int = 46

    @property
    def floor(self) -> int:
        """Where the lower axis lies."""
        return self.height - self.bottom


WIDE = ChartSize("wide", 760, 440, 20)
SLIM = ChartSize("slim", 350, 340, 10)


@dataclass(frozen=True)
class ChartFrame:
    """The axes of a chart, between the labels on the left and the names to the right of `right`."""

    size: ChartSize
    right: int
    across: LogAxis
    up: LogAxis

    def x(self, size: float) -> float:
        """Return where a size lies."""
        return round(self.size.left + self.across.share(size) * (self.right - self.size.left), 1)

    def y(self, seconds: float) -> float:
        """Return where a time lies."""
        return round(self.size.floor - self.up.share(seconds) * (self.size.floor - self.size.top), 1)


def chart(measurement: Measurement) -> Markup:
    """Return the chart, or "" if no time was measured. It needs the style sheet `measure.css`."""
    points = [point for one in measurement.contenders for point in one.points if point.seconds]
    if not points:
        return Markup()
    across, up = LogAxis.around(one.size for one in points), LogAxis.around(one.seconds for one in points)
    longest = max(len(measure_wording.name(one)) for one in measurement.contenders)
    frames = [ChartFrame(size, _right(size, longest), across, up) for size in (WIDE, SLIM)]
    label = described(measurement)
    return Markup().join(_svg(measurement, frame, label) for frame in frames)


def described(measurement: Measurement) -> str:
    """Return the chart in words, for screen readers."""
    told = [
        f"{measure_wording.name(one)} from {_told(one.points[0])} to {_told(one.points[-1])}"
        for one in measurement.contenders
        if one.points
    ]
    return f"The time of a call over n, on logarithmic scales: {'; '.join(told)}."


def marker(number: int) -> Markup:
    """Return a contender's marker as a small picture, for a legend. Screen readers skip it."""
    return Markup(
        '<svg class=key aria-hidden=true width=34 height=14 viewBox="0 0 34 14"><g class="{}">'
        '<path class=l d="M1 7h32"/><path class=m d="M17 7{}"/></g></svg>'
    ).format(_kind(number), _marker(number))


def apart(places: Sequence[float], gap: float, floor: float) -> list[float]:
    """Return the places, in the same order, moved until all have this gap and are above `floor`."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = list(places)
    for before, number in pairwise(order):
        moved[number] = max(moved[number], moved[before] + gap)
    for rank, number in enumerate(reversed(order)):
        moved[number] = min(moved[number], floor - rank * gap)
    return moved


def _right(size: ChartSize, longest: int) -> int:
    """Return where the axes end, so that names of this length fit beside them."""
    return size.width - round(LETTER * min(longest, size.label)) - 16


def _told(point: MeasuredPoint) -> str:
    return f"{measure_units.time(point.seconds)} at n = {point.size}"


def _svg(measurement: Measurement, frame: ChartFrame, label: str) -> Markup:
    content = [_axes(frame, measurement.size), *_curves(measurement.contenders, frame)]
    size = frame.size
    return Markup('<svg class="growth {}" role=img aria-label="{}" viewBox="0 0 {} {}">{}</svg>').format(
        size.kind, label, size.width, size.height, Markup().join(content)
    )


def _axes(frame: ChartFrame, size_in_words: str) -> Markup:
    """Return the grid with its labels, and the names of both axes."""
    size = frame.size
    left, right, top, floor = size.left, frame.right, size.top, size.floor
    ups, acrosses = frame.up.ticks((floor - top) // 30), frame.across.ticks((right - left) // 44)
    grid = [f"M{left} {frame.y(one)}H{right}" for one in ups]
    grid += [f"M{frame.x(one)} {top}V{floor}" for one in acrosses]
    words = [_text("e", left - 7, frame.y(one) + 4, measure_units.time(one, 1)) for one in ups]
    words += [_text("c", frame.x(one), floor + 17, _size(one)) for one in acrosses]
    words += [
        _text("s", 2, 14, "time of a call"),
        _text("s", left, size.height - 7, _over(size_in_words, size)),
    ]
    paths = Markup('<path class=g d="{}"/><path class=a d="M{} {}V{}H{}"/>').format(
        "".join(grid), left, top, floor, right
    )
    return paths + Markup().join(words)


def _over(words: str, size: ChartSize) -> str:
    return _cut(f"n: {words}", int((size.width - size.left) / LETTER))


def _size(tick: float) -> str:
    base, _, power = measure_units.size(tick).partition("^")
    return base + power.translate(SUPERSCRIPTS)


def _curves(contenders: Sequence[Contender], frame: ChartFrame) -> Iterator[Markup]:
    """Yield each contender's line. The first one is drawn last: it is what the page is about."""
    shown = [
        (number, one, [point for point in one.points if point.seconds])
        for number, one in enumerate(contenders)
    ]
    shown = [one for one in shown if one[2]]
    floor = frame.size.floor
    # Many names come closer, so that they all fit.
    gap = min(LINE, (floor - frame.size.top) / len(shown))
    labels = apart([frame.y(points[-1].seconds) for _, _, points in shown], gap, floor)
    for (number, one, points), y in reversed(list(zip(shown, labels, strict=True))):
        name = _cut(measure_wording.name(one), frame.size.label)
        yield Markup('<g class="{}">{}{}{}</g>').format(
            _kind(number),
            _leader(points[-1], y, frame),
            _curve(number, points, frame),
            _label(name, y, frame),
        )


def _curve(number: int, points: Sequence[MeasuredPoint], frame: ChartFrame) -> Markup:
    places = [f"{frame.x(one.size)} {frame.y(one.seconds)}" for one in points]
    return Markup('<path class=b d="{}"/><path class=l d="M{}"/><path class=m d="{}"/>').format(
        "".join(_bar(one, frame) for one in points),
        "L".join(places),
        "".join(f"M{place}{_marker(number)}" for place in places),
    )


def _bar(point: MeasuredPoint, frame: ChartFrame) -> str:
    """Return the bar of the interquartile range. It ends at the axis if it reaches to zero."""
    reach = point.seconds * point.spread / 2
    x, top = frame.x(point.size), frame.y(point.seconds + reach)
    low = point.seconds - reach
    bottom = frame.y(low) if low > 0 else frame.size.floor
    return f"M{x - 3:.1f} {top}h6m-3 0V{bottom}m-3 0h6" if point.spread else ""


def _leader(end: MeasuredPoint, y: float, frame: ChartFrame) -> Markup:
    """Return a thin line from the end of a curve to its name."""
    return Markup('<path class=t d="M{} {}L{} {:.1f}h6"/>').format(
        frame.x(end.size), frame.y(end.seconds), frame.right + 2, y
    )


def _label(name: str, y: float, frame: ChartFrame) -> Markup:
    return _text("s", frame.right + 11, y + 4, name)


def _text(kind: str, x: float, y: float, words: str) -> Markup:
    return Markup("<text class={} x={:.1f} y={:.1f}>{}</text>").format(kind, x, y, words)


def _marker(number: int) -> str:
    return measure_wording.cycled(MARKERS, number)


def _kind(number: int) -> str:
    return f"k{measure_wording.cycled(range(len(MARKERS)), number)}"


def _cut(words: str, letters: int) -> str:
    return words if len(words) <= letters else f"{words[: letters - 1]}…"
