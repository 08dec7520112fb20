"""Reads a teacher's CSV file: columns by name, in any order, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

LARGEST = 32 << 20
SEPARATORS = ",;\t"
# Excel's own first line.
_SEPARATOR_LINE = re.compile(r"\A\s*\"?sep=.\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class CsvTable:
    """The rows of a CSV file, each with its line number and its cells by column."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_table(path: Path, option: str, expected: str) -> CsvTable:
    """Return the table in a file. `option` and `expected` are for the error message."""
    lines = _lines(path, option, expected)
    first = next(lines, None)
    if first is None:
        raise _unreadable("an empty file", str(path), option, expected)
    columns = tuple(cell.strip() for cell in first[1])
    rows = tuple(
        (number, _by_column(columns, cells)) for number, cells in lines if any(map(str.strip, cells))
    )
    return CsvTable(path, columns, rows)


def _by_column(columns: tuple[str, ...], cells: list[str]) -> Mapping[str, str]:
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}


def _lines(path: Path, option: str, expected: str) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(f"no readable file: {error.strerror}", str(path), option, expected) from None
    if len(content) > LARGEST:
        raise _unreadable(f"more than {LARGEST >> 20} MiB", str(path), option, expected)
    text = _SEPARATOR_LINE.sub("", _text(content))
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        where = f"{path}, line {reader.line_num}"
        raise _unreadable(f"not CSV: {error}", where, option, expected) from None


def _text(content: bytes) -> str:
    """Return the text. Excel writes UTF-8 with a mark, UTF-16, or the local encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _unreadable(found: str, where: str, option: str, expected: str) -> UsageError:
    return UsageError(
        "csv-file",
        found=found,
        where=where,
        expected=f"a CSV file whose first line names the columns: {expected}",
        remedy=f"give such a file with {option}",
    )
