"""Small matrices as text: aligned, obtained beside expected, the differing cells marked."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from grader.records import Array

MAX_TEXT = 2048
# What a CI takes for a command to itself: `::name` at a line's start, where wrapping may put it, and `##[`.
COMMAND = re.compile(r"(?<!\S)::|##\[")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
MARK = "*"
GAP = "    "
DIGITS = (5, 9, 17)


def side_by_side(obtained: Any, expected: Any, difference: Any) -> list[str]:
    """Return lines that show two values next to each other; cells that differ bear a mark."""
    wrong = _mask(difference)
    digits = _digits(_flat(obtained), _flat(expected), wrong)
    left = _block("obtained", obtained, digits, wrong)
    right = _block("expected", expected, digits, None)
    width = max(map(len, left))
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    return [f"{one:<{width}}{GAP}{other}".rstrip() for one, other in zip(left, right, strict=True)]


def lines_of(value: Any) -> list[str]:
    """Return a value as lines: a matrix row by row, everything else on one line."""
    return _block("", value, DIGITS[0], None)[1:]


def clean(text: str) -> str:
    """Return a foreign text without control characters, of a bounded length, and the same in every run."""
    text = COMMAND.sub(lambda found: f"{found[0][:-1]} {found[0][-1]}", ADDRESS.sub("0x...", text))
    kept = "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in text.replace("\t", "    "))
    return kept if len(kept) <= MAX_TEXT else kept[:MAX_TEXT] + " ..."


def short(value: Any) -> str:
    """Return a plain value's text; an integer of thousands of digits has one, too."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 256:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, list | tuple):
        parts = [short(part) for part in value[:16]] + (["..."] if len(value) > 16 else [])
        tail = "," if isinstance(value, tuple) and len(value) == 1 else ""
        left, right = "[]" if isinstance(value, list) else "()"
        return f"{left}{', '.join(parts)}{tail}{right}"[:MAX_TEXT]
    return clean(repr(value[:MAX_TEXT] if isinstance(value, str) else value))


def number(value: Any, digits: int = DIGITS[0]) -> str:
    """Return a number as a person writes it: an integer without a fraction, a pair as a complex number."""
    if value is None:
        return "nan"
    if isinstance(value, list) and len(value) == 2:
        sign = "-" if str(number(value[1], digits)).startswith("-") else "+"
        return f"{number(value[0], digits)}{sign}{number(value[1], digits).lstrip('-')}j"
    if isinstance(value, bool | int):
        return str(value)
    return f"{value:.{digits}g}"


def _block(title: str, value: Any, digits: int, wrong: list[bool] | None) -> list[str]:
    array = as_array(value)
    if array is None:
        return [title, _scalar(value, digits)]
    cells = _cells(array)
    if cells is None:
        return [title, f"{array.dtype} tensor of shape {tuple(array.shape)}"]
    if not cells:
        return [title, f"(empty, shape {tuple(array.shape)})"]
    shown = [
        number(cell, digits) + (MARK if wrong and index < len(wrong) and wrong[index] else " ")
        for index, cell in enumerate(cells)
    ]
    width = max(map(len, shown))
    columns = array.shape[-1] if array.shape else 1
    rows = [shown[start : start + columns] for start in range(0, len(shown), columns)]
    return [title, *(" ".join(f"{cell:>{width}}" for cell in row) for row in rows)]


def _scalar(value: Any, digits: int) -> str:
    if isinstance(value, list):
        return "(" + ", ".join(_scalar(part, digits) for part in value) + ")"
    return number(value, digits) if isinstance(value, int | float) else str(value)


def as_array(value: Any) -> Array | None:
    """Return a report's array, also where it was read back as a mapping."""
    if isinstance(value, Array):
        return value
    if isinstance(value, dict) and set(value) == {"dtype", "shape", "values"}:
        return msgspec.convert(value, Array)
    return None


def _cells(array: Array) -> list[Any] | None:
    """Return an array's entries in one list, complex ones as pairs; None where they were left out."""
    if array.values is None and 0 not in array.shape:
        return None
    flat = [array.values] if not array.shape else array.values or []
    for _ in range(len(array.shape) - 1):
        flat = [part for row in flat for part in row]
    return list(flat)


def _flat(value: Any) -> list[Any]:
    array = as_array(value)
    return (_cells(array) or []) if array is not None else []


def _mask(difference: Any) -> list[bool] | None:
    cells = _flat(difference)
    return [cell not in (0, 0.0, [0.0, 0.0]) for cell in cells] if cells else None


def _digits(obtained: list[Any], expected: list[Any], wrong: list[bool] | None) -> int:
    """Return as many digits as it takes that no two differing numbers print alike."""
    if wrong is None or len(obtained) != len(expected):
        return DIGITS[0]
    pairs = [
        pair for pair, differs in zip(zip(obtained, expected, strict=True), wrong, strict=False) if differs
    ]
    for digits in DIGITS:
        if all(number(one, digits) != number(other, digits) for one, other in pairs):
            return digits
    return DIGITS[-1]
