"""Small matrices as text: the result next to the expected value, with the differing cells marked."""

from __future__ import annotations

from typing import Any

import msgspec

from grader.report_model import Array

MARK = "*"
GAP = "    "
DIGITS = (5, 9, 17)
# A part of a complex entry that is so much smaller than the largest one is rounding noise.
NOISE = 1e-12


def side_by_side(obtained: Any, expected: Any, difference: Any, *, width: int | None = None) -> list[str]:
    """Return lines that show two values side by side. Cells that differ are marked.

    If these lines are wider than `width`, one value is shown above the other. If that is still too wide,
    only the columns around the first wrong cell are shown, with the column numbers.
    """
    wrong = _mask(difference)
    obtained, expected = _without_noise(obtained, expected, wrong)
    digits = digits_for(_flat(obtained), _flat(expected), wrong)
    left = _block("obtained", obtained, digits, wrong)
    right = _block("expected", expected, digits, None)
    room = max(map(len, left))
    if width is not None and room + len(GAP) + max(map(len, right)) > width:
        return _one_above_the_other(obtained, expected, digits, wrong, width)
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    return [f"{one:<{room}}{GAP}{other}".rstrip() for one, other in zip(left, right, strict=True)]


def _without_noise(obtained: Any, expected: Any, wrong: list[bool] | None) -> tuple[Any, Any]:
    """Return both values without rounding noise in complex entries: `-3-1.5e-15j` is -3.

    If wrong entries would then look like the expected ones, nothing changes.
    """
    sides = [_flat(obtained), _flat(expected)]
    parts = [abs(part) for side in sides for cell in side if isinstance(cell, list) for part in cell if part]
    if not parts:
        return obtained, expected
    noise = NOISE * max(parts)
    cleaned = [[_cleaned(cell, noise) for cell in side] for side in sides]
    pairs = zip(*cleaned, wrong or (), strict=False)
    if any(differs and one == other for one, other, differs in pairs):
        return obtained, expected
    return _refilled(obtained, cleaned[0]), _refilled(expected, cleaned[1])


def _cleaned(cell: Any, noise: float) -> Any:
    if not isinstance(cell, list):
        return cell
    return [0.0 if part is not None and abs(part) <= noise else part for part in cell]


def _refilled(value: Any, cells: list[Any]) -> Any:
    """Return an array of the same shape with other entries."""
    array = as_array(value)
    if array is None or not cells:
        return value
    nested = list(cells)
    for size in reversed(array.shape[1:]):
        nested = [nested[start : start + size] for start in range(0, len(nested), size)]
    return Array(array.dtype, array.shape, nested if array.shape else nested[0])


def _one_above_the_other(
    obtained: Any, expected: Any, digits: int, wrong: list[bool] | None, width: int
) -> list[str]:
    lines = []
    for title, value, marks in (("obtained", obtained, wrong), ("expected", expected, None)):
        array = as_array(value)
        seen = None if array is None else _columns(array, digits, wrong, width)
        block = _block(title, value, digits, marks, seen)
        if seen is not None and array is not None:
            block[0] += f", columns {_named(seen, array)}"
        lines += block
    return lines


def _named(seen: range, array: Array) -> str:
    return f"{seen.start} to {seen.stop - 1} of {array.shape[-1]}"


def _columns(array: Array, digits: int, wrong: list[bool] | None, width: int) -> range | None:
    """Return as many columns around the first wrong cell as fit into the width, or None if all fit."""
    cells = _cells(array) or []
    count = array.shape[-1] if array.shape else 1
    # With or without marks, both values show the same columns.
    fit = max(1, (width + 1) // (max((len(number(cell, digits)) for cell in cells), default=1) + 2))
    if fit >= count:
        return None
    first = (wrong or []).index(True) % count if wrong and True in wrong else 0
    start = min(max(first - fit // 2, 0), count - fit)
    return range(start, start + fit)


def lines_of(value: Any, *, width: int | None = None) -> list[str]:
    """Return a value as lines: a matrix row by row, everything else on one line.

    If a matrix is wider than `width`, only the first columns are shown, and a note says which ones.
    """
    array = as_array(value)
    seen = None if array is None or width is None else _columns(array, DIGITS[0], None, width)
    lines = _block("", value, DIGITS[0], None, seen)[1:]
    return [*lines, f"(columns {_named(seen, array)})"] if seen and array else lines


def number(value: Any, digits: int = DIGITS[0]) -> str:
    """Format a number as a person would: integers without a fraction, pairs as complex numbers."""
    if value is None:
        return "nan"
    if isinstance(value, list) and len(value) == 2:
        sign = "-" if str(number(value[1], digits)).startswith("-") else "+"
        return f"{number(value[0], digits)}{sign}{number(value[1], digits).lstrip('-')}j"
    if isinstance(value, bool | int):
        return str(value)
    return f"{value:.{digits}g}"


def _block(
    title: str, value: Any, digits: int, wrong: list[bool] | None, seen: range | None = None
) -> list[str]:
    array = as_array(value)
    if array is None and isinstance(value, list) and any(as_array(part) for part in value):
        # A list of tensors: one on each line.
        return [title, *(_scalar(part, digits) for part in value)]
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
    seen = seen or range(columns)
    rows = [shown[start : start + columns] for start in range(0, len(shown), columns)]
    lines = [" ".join(f"{row[column]:>{width}}" for column in seen).rstrip() for row in rows]
    return [title, *_in_planes(lines, array.shape)]


def _in_planes(lines: list[str], shape: list[int]) -> list[str]:
    """Return the rows of an array, with an empty line between matrices."""
    height = shape[-2] if len(shape) > 2 else len(lines)
    starts = range(0, len(lines), height)
    return [line for start in starts for line in ([""] if start else []) + lines[start : start + height]]


def _scalar(value: Any, digits: int) -> str:
    if (array := as_array(value)) is not None:
        if _cells(array) is None:
            return f"{array.dtype} tensor of shape {tuple(array.shape)}"
        return _nested(array.values, len(array.shape), digits)
    if isinstance(value, list):
        return "(" + ", ".join(_scalar(part, digits) for part in value) + ")"
    return number(value, digits) if isinstance(value, int | float) else str(value)


def _nested(value: Any, depth: int, digits: int) -> str:
    """Return an array's entries in brackets, as Python writes nested lists."""
    if not depth:
        return number(value, digits)
    return "[" + ", ".join(_nested(part, depth - 1, digits) for part in value or []) + "]"


def as_array(value: Any) -> Array | None:
    """Return a report's array, even if it was read back as a mapping."""
    if isinstance(value, Array):
        return value
    if isinstance(value, dict) and set(value) == {"dtype", "shape", "values"}:
        return msgspec.convert(value, Array)
    return None


def _cells(array: Array) -> list[Any] | None:
    """Return an array's entries in one list, with complex ones as pairs, or None if they were left out."""
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


def digits_for(obtained: list[Any], expected: list[Any], wrong: list[bool] | None) -> int:
    """Return how many digits to show so that different numbers also look different."""
    if wrong is None or len(obtained) != len(expected):
        return DIGITS[0]
    pairs = [
        pair for pair, differs in zip(zip(obtained, expected, strict=True), wrong, strict=False) if differs
    ]
    for digits in DIGITS:
        if all(number(one, digits) != number(other, digits) for one, other in pairs):
            return digits
    return DIGITS[-1]
