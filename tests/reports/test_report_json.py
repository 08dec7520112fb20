"""A report is written completely or not at all."""

import json
import math
import os

import pytest

from grader.errors import GraderError
from grader.report_model import Array
from grader.reports import report_json


def test_nan_becomes_null():
    """The JSON contains no NaN and no infinity."""
    import msgspec

    assert json.loads(msgspec.json.encode(Array("float32", [2], [math.nan, math.inf])))["values"] == [
        None,
        None,
    ]


def test_a_report_replaces_the_old_one(tmp_path):
    """The file is replaced in one step and gets the same permissions as any new file."""
    path = tmp_path / "report.json"
    path.write_text("old")
    before = os.umask(0o022)
    try:
        report_json.write(b"new", path)
    finally:
        os.umask(before)
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_a_failed_write_leaves_the_old_report(tmp_path, monkeypatch):
    """If the disk is full, the old file stays and no part of the new one is left."""
    path = tmp_path / "report.json"
    path.write_text("old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GraderError, match="No space left on device"):
        report_json.write(b"new", path)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


def test_a_place_that_is_none(tmp_path):
    """If the folder doesn't exist, the error names it."""
    with pytest.raises(GraderError) as caught:
        report_json.write(b"", tmp_path / "no" / "report.json")
    assert caught.value.slug == "unwritable-report"
