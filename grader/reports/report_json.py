"""Writes the score report as JSON, atomically, and generates its JSON Schema."""

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
    """Write a report as JSON to a file, or to standard output if the target is `-`."""
    if target == "-":
        sys.stdout.buffer.write(to_json(report))
        sys.stdout.flush()
    else:
        write(to_json(report), Path(target))


def to_json(report: Record) -> bytes:
    """Return a report as JSON. All numbers are finite, and NaN is written as null."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the score report, generated from the records."""
    document = msgspec.json.schema(Report)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Score report, format 1",
        **document,
    }


def schema_text() -> str:
    """Return the schema that ships with the package."""
    return (resources.files("grader.reports") / SCHEMA).read_text(encoding="utf-8")


def write(content: bytes, path: Path, *, option: str = "--json") -> None:
    """Write a file atomically, so that a reader sees the old or the new content, never part of it.

    `option` is the command-line option that set the path. The error message quotes it.
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
        # A temporary file is private. Give the report the mode of any new file.
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
        expected="a path in an existing, writable folder with enough free space",
        remedy=f"name another path with {option}, or free some space",
    )
