"""Links that show a case in the laboratory: `laboratory.html#x=1,2,3&h=1,2&op=conv&mode=full`.

Under `[laboratory]`, `exercise.toml` gives a function's example in that format. Its operation and mode
apply to all cases of the function. The numbers come from the case. A case that is too large has no link.
"""

from __future__ import annotations

import ast
import contextlib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from grader.course import Course
from grader.report_model import Counterexample
from grader.reports import link_syntax
from grader.text_table import as_array

PAGE = "laboratory.html"
GEOMETRY = ("stride", "padding", "dilation")
# The names that functions use for the filter, and for the signal or image under it.
FILTERS = ("kernel", "h", "c", "q")
SIGNALS = ("x", "signal", "image", "d", "p")


@dataclass(frozen=True)
class Laboratory:
    """The laboratory's address, and the functions from a course's exercises that it can show."""

    base: str
    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def example(self, exercise: str) -> str:
        """Return the address of an exercise's first example, or ""."""
        first = next(iter(self.examples.get(exercise, {}).values()), "")
        return f"{self.base}{PAGE}#{first}" if first else ""

    def case(self, exercise: str, found: Counterexample | None) -> str:
        """Return the address of a case, or "" if the laboratory can't show it."""
        if found is None:
            return ""
        example = self.examples.get(exercise, {}).get(found.call.partition("(")[0])
        shown = fragment(example, found) if example else None
        return f"{self.base}{PAGE}#{shown}" if shown else ""


def of_course(course: Course, base: str) -> Laboratory:
    """Return the laboratory for a course's exercises."""
    return Laboratory(base, {one.id: one.settings.laboratory for one in course.exercises.values()})


def base_of(site: str, start: Path, *, beside: Path | None = None) -> str | None:
    """Return a site's base address, or None if the site is a folder without a laboratory.

    A folder is resolved from `start`. For a page in the folder `beside`, the address is relative, so
    that both folders can be moved together.
    """
    if urlsplit(site).scheme in {"http", "https"}:
        return site.rstrip("/") + "/"
    folder = (start / site).resolve()
    if not (folder / PAGE).is_file():
        return None
    # Between two drives there is no relative path.
    with contextlib.suppress(ValueError):
        if beside is not None:
            return Path(os.path.relpath(folder, beside.resolve())).as_posix() + "/"
    return folder.as_uri() + "/"


def fragment(example: str, found: Counterexample) -> str | None:
    """Return the part of a case's address after the `#`, or None if the laboratory can't show the case."""
    given = link_syntax.parts(example)
    kept = {key: text for key, text in given.items() if key in link_syntax.CHOICES}
    arguments = _arguments(found)
    if given.get("tab") == "cost":
        numbers = {key: _whole(arguments.get(key)) for key in ("n", "k")}
    elif given.get("tab") == "2d":
        numbers = _images(arguments)
    else:
        numbers = _signals(arguments) | _looked_at(found)
    if any(text is None for text in numbers.values()):
        return None
    shown = "&".join(f"{key}={text}" for key, text in (kept | numbers).items())
    return None if link_syntax.problem(shown) else shown


def _arguments(found: Counterexample) -> dict[str, Any]:
    """Return the call's arguments and the case's other inputs. For a name in both, the call's value wins."""
    values: dict[str, Any] = {}
    for name, value in found.inputs.items():
        array = as_array(value)
        inner = value.items() if isinstance(value, dict) and array is None else [(name, value)]
        values |= {key: array.values if (array := as_array(one)) else one for key, one in inner}
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        call = ast.parse(found.call, mode="eval").body
        for keyword in call.keywords if isinstance(call, ast.Call) else []:
            with contextlib.suppress(ValueError):
                values[str(keyword.arg)] = ast.literal_eval(keyword.value)
    return values


def _signals(arguments: Mapping[str, Any]) -> dict[str, str | None]:
    kernel = _first(arguments, FILTERS)
    length = arguments.get("n", len(kernel) if isinstance(kernel, list) else 0)
    signal = _first(arguments, SIGNALS) or _counted(length)
    geometry = {key: _whole(arguments[key]) for key in GEOMETRY if key in arguments}
    return {"x": _row(signal), "h": _row(kernel)} | geometry


def _images(arguments: Mapping[str, Any]) -> dict[str, str | None]:
    image = _first(arguments, SIGNALS)
    if image is None:
        height, width = arguments.get("height"), arguments.get("width")
        most = link_syntax.LIMITS["image"][1]
        if isinstance(height, int) and isinstance(width, int) and 0 < height <= most and 0 < width <= most:
            image = [[row * width + column + 1 for column in range(width)] for row in range(height)]
    geometry = {f"{key}2": _whole(arguments[key]) for key in GEOMETRY if key in arguments}
    return {"image": _rows(image), "kernel": _rows(_first(arguments, FILTERS))} | geometry


def _looked_at(found: Counterexample) -> dict[str, str | None]:
    """Return which output the worked cell belongs to: an entry of a vector, or a row of a matrix."""
    return {"at": str(found.window.at[0])} if found.window and found.window.at else {}


def _first(arguments: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((arguments[name] for name in names if name in arguments), None)


def _counted(length: Any) -> list[int] | None:
    """Return the signal 1, 2, 3 ... for a function that only builds the matrix."""
    fits = isinstance(length, int) and 0 < length <= link_syntax.LIMITS["x"][1]
    return list(range(1, length + 1)) if fits else None


def _rows(values: Any) -> str | None:
    rows = [_row(one) for one in values] if isinstance(values, list) and values else [None]
    return None if None in rows else ";".join(map(str, rows))


def _row(values: Any) -> str | None:
    if not isinstance(values, list) or not values or not all(map(_is_number, values)):
        return None
    return ",".join(f"{one:.0f}" if float(one).is_integer() else repr(float(one)) for one in values)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _whole(value: Any) -> str | None:
    """Return an integer or a pair of integers as text."""
    if isinstance(value, list | tuple) and len(value) == 2:
        return None if None in (both := [_whole(one) for one in value]) else ",".join(map(str, both))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
