"""`grade export` reads only reports and writes whole files."""

import json
import sys

import pages
import pytest
from exporting import REPORTS, exported

from grader.protocol import RunnerFailed
from grader.reports import report_json
from grader.reports.statistics import Tally


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "ada.json"
    path.write_bytes(report_json.to_json(REPORTS["mistakes"]))
    return path


def test_a_report_goes_to_standard_output(say, report):
    """Without -o, standard output holds only the export."""
    done = say("export", report, "--to", "exercism")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout == exported("exercism", REPORTS["mistakes"])


def test_a_report_goes_to_a_file(say, report, tmp_path):
    """With -o, the export goes to that file."""
    out = tmp_path / "summary.md"
    assert say("export", report, "--to", "github-summary", "-o", out).stdout == ""
    assert out.read_text(encoding="utf-8") == exported("github-summary", REPORTS["mistakes"])


def test_a_report_comes_from_standard_input(say, report, monkeypatch):
    """`-` reads standard input, just as `grade run --json -` writes to standard output."""
    with report.open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert say("export", "-", "--to", "exercism").stdout == exported("exercism", REPORTS["mistakes"])


def test_the_time_is_the_files(say, report):
    """The time in an export is when the report was written."""
    import os

    os.utime(report, (1_795_000_000, 1_795_000_000))
    done = json.loads(say("export", report, "--to", "ctrf").stdout)
    assert done["results"]["summary"]["stop"] == 1_795_000_000_000


def test_variables_come_from_the_environment(say, report, monkeypatch):
    """The variables of Classroom 50's runner are read from the environment."""
    from exporting import RUNNER

    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    assert json.loads(say("export", report, "--to", "classroom50").stdout)["owner"] == "ada"


def test_a_folder_of_reports_makes_a_gradebook(say, tmp_path):
    """All reports of a folder go into the gradebook, except the cohort's summary."""
    for name in ("ada", "bob"):
        one = pages.report(
            pages.exercise("one", pages.law("shape")), submission=pages.Submission(name, "a1" * 32)
        )
        (tmp_path / f"{name}.json").write_bytes(report_json.to_json(one))
    (tmp_path / "summary.json").write_text("{}")
    lines = say("export", tmp_path, "--to", "canvas-csv").stdout.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["Student", "    Points Possible", "ada", "bob"]


def test_who_was_not_judged_has_a_row(say, tmp_path):
    """A learner without a report has a row without points."""
    place = tmp_path / "reports"
    place.mkdir()
    one = pages.report(
        pages.exercise("one", pages.law("shape")), submission=pages.Submission("ada", "a1" * 32)
    )
    (place / "ada.json").write_bytes(report_json.to_json(one))
    tally = Tally(["one"])
    tally.add("ada", "reports/ada.json", one)
    tally.add_trouble("bob.py", RunnerFailed(2, "empty-submission", "no file", "bob", "a file", "write it"))
    summary = tally.summary(one.tool, one.course, 20, {})
    (tmp_path / "summary.json").write_bytes(report_json.to_json(summary))
    for folder in (tmp_path, place):
        if folder == tmp_path:
            (tmp_path / "ada.json").write_bytes(report_json.to_json(one))
        lines = say("export", folder, "--to", "canvas-csv").stdout.splitlines()
        assert lines[2] == "ada,,,ada,,2"
        assert lines[3] == "bob,,,bob,,"
    assert say("export", place, "--to", "moodle-csv").stdout.splitlines()[-1] == "bob,,not handed in"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{}", "Object missing required field `format`"),
        (b"no json", "JSON is malformed"),
        (b'{"reportFormat": "CTRF"}', "Object missing required field `format`"),
        (b'{"format": 2}', "Invalid enum value 2"),
    ],
)
def test_what_is_no_report_is_an_error(say, tmp_path, content, words):
    """The error for a file that isn't a report gives its name and what was expected."""
    path = tmp_path / "other.json"
    path.write_bytes(content)
    done = say("export", path, "--to", "junit")
    assert (done.code, done.stdout) == (2, "")
    assert "error[not-a-report]" in done.stderr
    assert words in done.stderr
    assert str(path) in done.stderr


def test_where_there_is_no_report(say, tmp_path):
    """A missing path and an empty folder are errors."""
    for path in (tmp_path, tmp_path / "nowhere.json"):
        done = say("export", path, "--to", "junit")
        assert done.code == 2
        assert "error[no-report]" in done.stderr


def test_two_reports_where_one_fits(say, report):
    """The error for two reports lists the formats that accept several reports."""
    done = say("export", report, report, "--to", "junit")
    assert done.code == 2
    assert "error[one-report]: 2 reports" in done.stderr


def test_a_format_that_there_is_not(say, report):
    """The error for an unknown format lists all formats."""
    done = say("export", report, "--to", "blackboard")
    assert done.code == 2
    assert "'moodle-csv'" in done.stderr


def test_a_place_that_can_not_be_written(say, report, tmp_path):
    """The error for a file that can't be written names the option."""
    done = say("export", report, "--to", "junit", "-o", tmp_path / "no" / "junit.xml")
    assert done.code == 3
    assert "name another path with --output" in done.stderr
