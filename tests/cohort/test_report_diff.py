"""The changes between two runs: the submission, the old and new verdict, and the reason."""

import io

import cohorts
import pages
import pytest

from grader.cohort import report_diff
from grader.errors import UsageError
from grader.reports import report_json
from grader.reports.console import ReadersConsole


@pytest.fixture
def folder(tmp_path):
    for name in ("ada", "bob", "kim"):
        cohorts.submission(tmp_path / "handed_in", name)
    return tmp_path / "handed_in"


@pytest.fixture
def run(monkeypatch, course, tmp_path):
    def run(folder, out, **chosen):
        return cohorts.run(monkeypatch, folder, course, out=tmp_path / out, **chosen)

    return run


def told(old, new):
    said = io.StringIO()
    code = report_diff.diff(old, new, ReadersConsole(file=said, width=80, highlight=False))
    return code, said.getvalue().splitlines()


def test_nothing_changed(run, folder, tmp_path):
    """Runs with the same verdicts have no differences, even with other seeds, and the exit code is 0."""
    run(folder, "old")
    run(folder, "new", seed="7")
    assert told(tmp_path / "old", tmp_path / "new") == (
        0,
        ["0 submissions with changed verdicts, 3 unchanged"],
    )


def test_each_change_and_its_reason(run, folder, tmp_path):
    """A changed answer, a new submission, a removed one and one without answers are each reported."""
    run(folder, "old")
    (folder / "ada/toeplitz_1d.py").write_text("wrong\n", encoding="utf-8")
    (folder / "bob").rename(tmp_path / "bob")
    (folder / "kim/toeplitz_1d.py").unlink()
    cohorts.submission(folder, "zoe")
    run(folder, "new", seed="7")
    assert told(tmp_path / "old", tmp_path / "new") == (
        1,
        [
            "ada  changed: the submission, the seed (20 → 7)",
            "  toeplitz_1d: values  correct → wrong  a mistake of many",
            "bob  changed: the submission is gone",
            "  toeplitz_1d: shape  correct → no report",
            "  toeplitz_1d: values  correct → no report",
            "kim  changed: no file that is named after an exercise, and none that defines an exercise's functions",
            "  toeplitz_1d: shape  correct → no report",
            "  toeplitz_1d: values  correct → no report",
            "zoe  changed: the submission is new",
            "  toeplitz_1d: shape  no report → correct",
            "  toeplitz_1d: values  no report → correct",
            "4 submissions with changed verdicts, 0 unchanged",
        ],
    )


def test_another_device_changes_one_verdict(tmp_path):
    """A change on another device is reported for `device` only, not for each property tested on it."""
    for name, verdict in (("old", "met"), ("new", "not met")):
        evidence = pages.law("shape", verdict, device="sim", evidence=True)
        device = pages.law("device", verdict, device="sim", reason="on `cpu`")
        (tmp_path / name).mkdir()
        report = pages.report(pages.exercise("one", pages.law("shape"), evidence, device))
        (tmp_path / name / "ada.json").write_bytes(report_json.to_json(report))
    _, said = told(tmp_path / "old", tmp_path / "new")
    assert said[1:-1] == ["  one: device on sim  correct → wrong  on `cpu`"]


def test_who_left_is_gone_though_a_report_is_left(run, folder, tmp_path):
    """A leftover report that the last run didn't grade doesn't count as part of the run."""
    run(folder, "old")
    run(folder, "new")
    (folder / "bob").rename(tmp_path / "bob")
    run(folder, "new")
    code, lines = told(tmp_path / "old", tmp_path / "new")
    assert (code, lines[0]) == (1, "bob  changed: the submission is gone")


def test_a_run_that_was_cut_off_is_compared_by_its_reports(run, folder, tmp_path):
    """Runs without a summary are compared by their reports."""
    run(folder, "old")
    run(folder, "new")
    (tmp_path / "new/summary.json").unlink()
    (tmp_path / "new/reports/ada.json").unlink()
    code, lines = told(tmp_path / "old", tmp_path / "new")
    assert (code, lines[0], lines[-1]) == (
        1,
        "ada  changed: the submission is gone",
        "1 submission with changed verdicts, 2 unchanged",
    )


@pytest.mark.parametrize("kind", ["nowhere", "file", "empty"])
def test_what_holds_no_reports_is_refused(run, folder, tmp_path, kind):
    """A folder without reports is an error, not a cohort without submissions."""
    run(folder, "old")
    if kind == "file":
        (tmp_path / kind).write_text("", encoding="utf-8")
    elif kind == "empty":
        (tmp_path / kind).mkdir()
    for pair in ((tmp_path / "old", tmp_path / kind), (tmp_path / kind, tmp_path / "old")):
        with pytest.raises(UsageError) as refused:
            told(*pair)
        assert refused.value.slug == "no-cohort-reports"
