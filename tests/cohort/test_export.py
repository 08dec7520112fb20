"""`grade export` reads only reports and writes whole files."""

import json
import sys

import learners
import pages
import pytest
from exporting import REPORTS, exported

from grader.cohort import export as exporting
from grader.protocol import RunnerFailed
from grader.report_model import Learner
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


@pytest.fixture
def cohort(tmp_path):
    """A cohort's folder: two graded, one not tested, one absent, and an old report without a row."""
    (tmp_path / "reports").mkdir()
    entries = {number: learners.entry(number) for number in ("4711", "4712", "4713")}
    for number, entry in entries.items():
        content = report_json.to_json(learners.report(number))
        (tmp_path / f"reports/{entry.slug}.json").write_bytes(content)
    rows = [
        learners.row(entries["4711"], "4711"),
        learners.row(entries["4713"], "4713"),
        learners.row(learners.entry("4714"), "4714", report=None, marks=None, trouble=learners.trouble()),
        learners.row(
            learners.entry("4715"), "4715", report=None, marks=None, learner=Learner("s9", "Ida", login="ida")
        ),
    ]
    (tmp_path / "summary.json").write_bytes(report_json.to_json(learners.summary(*rows)))
    return tmp_path


def test_a_cohort_is_exported_from_its_summary(say, cohort):
    """The folder and its reports give the same: learners and marks as in the summary, and no other report."""
    expected = [
        "Student,ID,SIS User ID,SIS Login ID,Section,Total",
        "    Points Possible,,,,,6",
        "'=HYPERLINK(0),4714,,,,",
        "Ida,,s9,ida,,",
        "Seán O'Connor,4711,,,,2.4",
        "李小龙,4713,,,,2.4",
    ]
    for folder in (cohort, cohort / "reports"):
        assert say("export", folder, "--to", "canvas-csv").stdout.splitlines() == expected


def test_a_column_has_a_title(cohort, tmp_path):
    """The title of the assignment is the title of the column."""
    out = tmp_path / "canvas.csv"
    assert exporting.export([str(cohort)], "canvas-csv", out, {}, "Toeplitz (99)") == 0
    head, worth, *_ = out.read_text(encoding="utf-8").splitlines()
    assert head == "Student,ID,SIS User ID,SIS Login ID,Section,Toeplitz (99)"
    assert worth == "    Points Possible,,,,,6"


def test_moodles_worksheet_comes_from_the_summary(say, cohort):
    """Each learner with a number in Moodle has a row; who handed in nothing and has no number has none."""
    lines = say("export", cohort, "--to", "moodle-worksheet").stdout.splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "Identifier",
        "Participant 4714",
        "Participant 4711",
        "Participant 4713",
    ]
    assert lines[1].endswith("could not be tested")
    assert ',2.4,6,Yes,2026-12-03T08:00:00+01:00,,"2.4 of 6 points. Late by 2 days' in lines[2]


def test_a_report_that_is_gone_is_an_error(say, cohort):
    """A row whose report was deleted is an error, because its grade would be lost."""
    path = cohort / f"reports/{learners.entry('4711').slug}.json"
    path.unlink()
    done = say("export", cohort, "--to", "canvas-csv")
    assert done.code == 2
    assert "error[no-report]" in done.stderr
    assert path.name in done.stderr


def test_two_submissions_of_one_learner_are_an_error(say, cohort):
    """If two submissions fit a learner, nobody knows which counts."""
    double = learners.row(learners.entry("4712"), "4712", learner=learners.entry("4711").learner)
    summary = learners.summary(learners.row(learners.entry("4711"), "4711"), double)
    (cohort / "summary.json").write_bytes(report_json.to_json(summary))
    done = say("export", cohort, "--to", "canvas-csv")
    assert done.code == 2
    assert "error[two-reports]: two reports on `Seán O'Connor`" in done.stderr
    assert "Seán O'Connor_4711 and Jürgen Müller-Lüdenscheidt_4712" in done.stderr


def test_reports_beside_a_cohort_stay_reports(say, cohort):
    """Only the cohort's own reports are read with its summary. Those set aside are just reports."""
    aside = cohort / "set-aside"
    aside.mkdir()
    (aside / "li.json").write_bytes(report_json.to_json(learners.report("4713")))
    assert say("export", aside, "--to", "canvas-csv").stdout.splitlines()[-1] == "4713,,,4713,,2,0"
