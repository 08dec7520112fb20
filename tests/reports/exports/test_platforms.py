"""Test each platform's special rules: whole points, hidden entries, states, locations and limits."""

import json
import xml.etree.ElementTree as ET

import exporting
import pages
import pytest
from exporting import OCCASION, REPORTS, RUNNER, changed, exported

from grader.errors import GraderError
from grader.report_model import Submission
from grader.reports.exports import classroom50, github_annotations
from grader.reports.exports.run_context import Occasion


def document(form, name):
    return json.loads(exported(form, REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
def test_gradescopes_score_is_the_reports(name):
    """The score equals the report's score and the sum of all tests, including hidden ones."""
    found = document("gradescope", name)
    assert found["score"] == REPORTS[name].score
    if name != "whole course":
        assert sum(test["score"] for test in found["tests"]) == pytest.approx(found["score"], abs=1e-5)


def test_classroom50_divides_points_until_they_are_whole():
    """Halves and thirds become sixths, so nothing is rounded and the proportions stay the same."""
    found = document("classroom50", "devices")
    assert classroom50.parts_of_a_point(REPORTS["devices"]) == 6
    assert (found["score"], found["max-score"]) == (5, 8)
    assert [test["score"] for test in found["tests"]] == [3, 2, 0]


@pytest.mark.parametrize("name", ["mistakes", "troubles", "hidden"])
def test_classroom50_keeps_whole_points(name):
    """Whole points stay unchanged."""
    found = document("classroom50", name)
    assert found["score"] == REPORTS[name].score
    assert found["max-score"] == sum(
        law.max_points for one in REPORTS[name].exercises for law in one.properties
    )


def test_classroom50_never_rounds_up():
    """Points are rounded down if no small factor makes them whole."""
    laws = [pages.law("a", points=share, max_points=share) for share in (1 / 97, 1 / 89, 0.2)]
    found = json.loads(exported("classroom50", pages.report(pages.exercise("one", *laws))))
    assert [test["score"] for test in found["tests"]] == [10, 11, 200]


def test_classroom50_knows_when_it_was_handed_in():
    """The commit's time is used, or the tag's time if the commit's time is missing."""
    assert document("classroom50", "mistakes")["datetime"] == "2026-11-21T19:00:00Z"
    at = Occasion({**RUNNER, "GRADER_SUBMITTED_AT": "2026-11-20T08:00:00Z"}, 0.0)
    assert json.loads(classroom50.result(REPORTS["mistakes"], at))["datetime"] == "2026-11-20T08:00:00Z"


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({"COMMIT_URL": ""}, "no variable COMMIT_URL"),
        ({"OWNER": ""}, "no variable USERNAME"),
        ({"SUBMISSION_TAG": "v1"}, "`v1`"),
    ],
)
def test_classroom50_says_what_it_lacks(variables, found):
    """Outside the platform's runner, the error names the missing variable."""
    with pytest.raises(GraderError) as caught:
        classroom50.result(REPORTS["mistakes"], Occasion({**RUNNER, **variables}, 0.0))
    assert (caught.value.slug, caught.value.found) == ("export-variables", found)


def test_prairielearn_takes_no_attempt_for_a_file_that_does_not_load():
    """A file that isn't Python can't be graded, and the error says why."""
    assert document("prairielearn", "unloadable") == {
        "gradable": False,
        "format_errors": ["one: SyntaxError: '(' was never closed (line 3)\ndef f(x, y:"],
    }


def test_prairielearns_score_is_a_share():
    """A score of 52 out of 84 points is exported as 0.619."""
    assert document("prairielearn", "mistakes")["score"] == pytest.approx(52 / 84)
    assert document("prairielearn", "nothing")["score"] == 0.0


def test_exercism_tells_an_error_from_a_failure():
    """A wrong result is a failure; an exception or an unjudged property is an error.

    A file that doesn't load counts as a single error.
    """
    found = document("exercism", "everything")
    states = {test["name"]: test["status"] for test in found["tests"]}
    assert states["one / values"] == "fail"
    assert states["one / later (not tested)"] == "error"
    assert [test["task_id"] for test in found["tests"]][-1] == 4
    broken = document("exercism", "unloadable")
    assert (broken["status"], broken["tests"]) == ("error", [])
    assert "SyntaxError" in broken["message"]


def test_exercism_cuts_what_was_printed():
    """Output is truncated to 500 characters and ends with Exercism's notice."""
    output = document("exercism", "hostile")["tests"][0]["output"]
    assert len(output) == 500
    assert output.endswith("\nOutput was truncated. Please limit to 500 chars")


def test_ctrf_ends_when_the_grading_ended():
    """The run's end is when the report is written, and its start is that time minus the duration."""
    summary = document("ctrf", "devices")["results"]["summary"]
    assert (summary["start"], summary["stop"], summary["duration"]) == (
        1_794_999_999_500,
        1_795_000_000_000,
        500,
    )
    assert summary["tests"] == summary["passed"] + summary["failed"] + summary["skipped"] == 3


def test_junit_counts_what_it_holds():
    """The suite's counts match the tests, failures, errors and skipped cases that it contains."""
    root = ET.fromstring(exported("junit", REPORTS["mistakes"]))
    for suite in root.iter("testsuite"):
        for name, tag in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            assert int(suite.get(name)) == len(list(suite.iter(tag)))
    assert root.get("failures") == root.get("errors") == "3"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("all met", "correct"),
        ("unloadable", "compilation error"),
        ("elsewhere", "internal error"),
        ("mistakes", "wrong"),
        ("troubles", "runtime error"),
    ],
)
def test_dodona_names_the_first_thing_that_is_wrong(name, status):
    """The status is that of the first unmet property.

    A property that this machine can't test isn't blamed on the learner.
    """
    found = document("dodona", name)
    assert (found["status"], found["accepted"]) == (status, status == "correct")


def test_dodona_counts_rows_from_zero():
    """Line 3 is row 2. With several exercises, no line is marked, because Dodona takes only one file."""
    assert [one["row"] for one in document("dodona", "unloadable")["annotations"]] == [2]
    assert "annotations" not in document("dodona", "mistakes")


def test_an_annotation_stands_on_the_learners_line():
    """Each line gets one annotation with all its errors and the file's path in the repository."""
    lines = exported("github-annotations", REPORTS["mistakes"]).splitlines()
    assert [line.partition("::")[2].partition("::")[0] for line in lines] == [
        "error file=submissions/ada/toeplitz_1d.py,line=4,title=toeplitz_1d%3A values%2C first_row%2C gradient wrong",
        "error file=submissions/ada/toeplitz_1d_strided.py,line=15,title=toeplitz_1d_strided%3A shape wrong",
        "error file=submissions/ada/toeplitz_2d.py,line=7,title=toeplitz_2d%3A domain wrong",
        "error file=submissions/ada/toeplitz_2d_strided.py,line=25,title=toeplitz_2d_strided%3A shape wrong",
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("submissions/ada", "submissions/ada/toeplitz_1d.py"),
        ("submissions/ada/answer.py", "submissions/ada/answer.py"),
        ("/home/runner/work/course/submissions/ada", "submissions/ada/toeplitz_1d.py"),
        (".", "toeplitz_1d.py"),
    ],
)
def test_the_file_of_an_annotation(name, file):
    """For a folder, the file is named after the exercise; paths are relative to the repository."""
    report = changed(REPORTS["mistakes"], submission=Submission(name, "a1" * 32))
    at = Occasion({"GITHUB_WORKSPACE": "/home/runner/work/course"}, 0.0)
    assert github_annotations.commands(report, at).startswith(f"::error file={file},line=4,")


def test_a_notebooks_line_is_named_in_words():
    """A notebook's lines are lines of JSON, so an annotation names the cell but no line."""
    found = exported("github-annotations", REPORTS["troubles"]).splitlines()
    cells = [line for line in found if "(cell" in line]
    assert cells
    assert all("file=" not in line.partition("::")[2].partition("::")[0] for line in cells)


def test_ten_annotations_at_most():
    """GitHub shows ten annotations per step, so the tenth says how many more there are."""
    laws = [pages.law(f"law{n}", "not met", counterexample=pages.case(line=n)) for n in range(1, 15)]
    lines = exported("github-annotations", pages.report(pages.exercise("one", *laws))).splitlines()
    assert len(lines) == 10
    assert lines[-1] == "::error title=and more::5 more places: see the summary of this job"


def test_a_summary_that_would_be_too_large_says_less():
    """A report with far more than 1 MiB of text still has a summary that lists every exercise."""
    law = pages.law("values", "not met", reason="x" * 2000, counterexample=pages.case(call="y" * 2000))
    many = pages.report(*(pages.exercise(f"e{n}", *[law] * 15) for n in range(40)))
    text = exported("github-summary", many)
    assert len(text.encode()) <= 900_000
    assert "\n### e39\n" in text
    assert "(cut: the text has " in text


def test_prairielearn_takes_no_more_than_1_mb():
    """A long report is made to fit by shortening its summary."""
    law = pages.law("values", "not met", reason="x" * 2000, counterexample=pages.case(call="y" * 2000))
    many = pages.report(*(pages.exercise(f"e{n}", *[law] * 15) for n in range(40)))
    exporting.DEMANDS["prairielearn"](exported("prairielearn", many))


def test_no_reason_names_a_hidden_property():
    """If a hidden property blocks another one, the reason reveals only that the property is hidden."""
    found = exporting.hidden().exercises[0].properties[2]
    assert exporting.SECRET in found.reason
    assert "Not tested yet. First fix what stops a hidden test: an error" in exported(
        "junit", exporting.hidden()
    )


def test_the_occasion_of_these_tests_is_a_runners():
    """The tests set the variables that Classroom 50's runner sets."""
    assert OCCASION.variables == RUNNER
