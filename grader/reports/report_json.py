"""The score report: its JSON, its schema, and writing it whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import GraderError
from grader.report_model import Record, Report

SCHEMA = "report.schema.json"


def deliver(report: Record, target: str) -> None:
    """Write a report as JSON: to a file, or for `-` to standard output."""
    if target == "-":
        sys.stdout.buffer.write(to_json(report))
        sys.stdout.flush()
    else:
        write(to_json(report), Path(target))


def to_json(report: Record) -> bytes:
    """Return a report as JSON: numbers finite, NaN as null."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the score report, as generated from the records."""
    document = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Score report, format 1",
        **document,
    }


def schema_text() -> str:
    """Return the schema that is shipped with the package."""
    return (resources.files("grader.reports") / SCHEMA).read_text(encoding="utf-8")


def write(content: bytes, path: Path, *, option: str = "--json") -> None:
    """Write a file at once: whoever reads it finds the old content or all of the new.

    `option` is the one that named the place.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error, option) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is private; a report has the mode that any new file would have.
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise _unwritable(path, error, option) from None


def _unwritable(path: Path, error: OSError, option: str) -> GraderError:
    return GraderError(
        "unwritable-report",
        found=f"the report can't be written: {error.strerror or error}",
        where=str(path),
        expected="a place in an existing folder that can be written, with room for the report",
        remedy=f"name another place with {option}, or make room",
    )
