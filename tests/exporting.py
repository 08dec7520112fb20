"""Reports to export, and what each platform requires of a file: its schema or its documented rules."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import msgspec
import pages

from grader.report_model import CourseRecord, Learner, SourceError, Submission
from grader.reports.exports.formats import FORMATS
from grader.reports.exports.gradebooks import Graded
from grader.reports.exports.run_context import Occasion

SCHEMAS = Path(__file__).parent / "schemas"
RUNNER = {
    "CLASSROOM": "dsp",
    "ASSIGNMENT": "toeplitz-1d",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-11-21T19-00-00Z-abc1234",
    "COMMIT_URL": "https://example.org/c",
    "RELEASE_URL": "https://example.org/r",
}
OCCASION = Occasion(RUNNER, 1_795_000_000.0)
SECRET = "sesame"
COMMANDS = "::error::taken over\n##[error]taken over"
NASTY = f"=1+1\x1b[31m\x00\u202e</textarea><script>alert(1)</script> ````\n```\n{COMMANDS}\n%41 @all ]]> & | \ud7ff\ufffe"


def changed(record, **fields):
    return msgspec.structs.replace(record, **fields)


def hidden():
    """A report with hidden tests. Each of their texts contains the secret."""
    law = pages.law(
        f"{SECRET}_law",
        "not met",
        says=f"The {SECRET} opens.",
        reason=f"{SECRET} stays shut",
        counterexample=pages.case(1, 2, f"{SECRET} differs", call=f"{SECRET}(1)"),
        misconception=pages.known("mistake", SECRET, f"say {SECRET}"),
        replay=f"one.{SECRET}.cpu.1.x",
        hidden=True,
    )
    stopped = pages.law(
        "later", "not judged", reason=f"Not tested yet. First fix what stops `{SECRET}_law`: an error"
    )
    met = pages.law(f"{SECRET}_two", says=f"A second {SECRET}.", hidden=True)
    return pages.report(pages.exercise("one", pages.law("shape"), law, stopped, met, stdout="hello\n"))


def hostile():
    """A report in which every text, even the course's own, is an attack on the reader's software."""
    law = pages.law(
        "values",
        "not met",
        reason=NASTY,
        counterexample=pages.case(NASTY, NASTY, NASTY, call=NASTY, inputs={NASTY: pages.vector(1.0)}),
    )
    raised = pages.law("raised", "not met", cause="error", reason=NASTY * 400)
    stopped = pages.law("stopped", "not judged", reason=NASTY)
    error = SourceError(NASTY, NASTY, 3, NASTY)
    exercise = pages.exercise(NASTY, law, raised, stopped, stdout=NASTY * 400, error=error, title=NASTY)
    submission = Submission(f"submissions/{NASTY.replace('/', '')}", "a1" * 32)
    return pages.report(
        exercise, submission=submission, course=CourseRecord(NASTY, NASTY), devices={NASTY: NASTY}
    )


def devices():
    """A report from two devices, one of them simulated. The points include halves and thirds."""
    laws = [pages.law("shape", points=0.5, max_points=0.5)]
    laws.append(pages.law("values", points=round(1 / 3, 6), max_points=round(1 / 3, 6)))
    elsewhere = {"device": "sim", "points": 0.0, "max_points": 0.0, "evidence": True}
    laws += [pages.law("shape", **elsewhere), pages.law("values", "not met", **elsewhere)]
    laws.append(pages.law("device", "not met", device="sim", max_points=0.5))
    states = {"cpu": "judged", "sim": "judged", "cuda": "not judged: no CUDA device"}
    return pages.report(pages.exercise("one", *laws), devices=states)


def elsewhere():
    """A report made without the reference. Tests that weren't run have a maximum of 0 points."""
    stopped = pages.law("values", "not judged", reason="`closed` is part of the reference", max_points=0.0)
    return pages.report(pages.exercise("one", pages.law("shape"), stopped, status="not judged"))


def unloadable():
    """A report on a file that isn't Python."""
    error = SourceError("SyntaxError", "'(' was never closed", 3, "def f(x, y:")
    laws = [
        pages.law("shape", "not met", cause="error", reason="the file doesn't load"),
        pages.law("values", "not judged", reason="Not tested yet. First fix what stops `shape`"),
    ]
    return pages.report(pages.exercise("one", *laws, error=error))


REPORTS = {
    "mistakes": pages.golden("mistakes").report,
    "troubles": pages.golden("troubles").report,
    "everything": pages.everything().report,
    "whole course": pages.whole_course().report,
    "hidden": hidden(),
    "hostile": hostile(),
    "devices": devices(),
    "elsewhere": elsewhere(),
    "unloadable": unloadable(),
    "all met": pages.report(pages.exercise("one", pages.law("shape"), pages.law("values"))),
    "nothing": pages.report(),
}


def exported(form, *reports):
    if form == "moodle-worksheet":
        # It needs the participants' numbers, which a single report doesn't contain.
        learners = [
            Learner(str(number), "Ada", platform=str(number)) for number in range(1, len(reports) + 1)
        ]
        rows = [Graded(one, "ada", report) for one, report in zip(learners, reports, strict=True)]
        return FORMATS[form].gradebook(rows)
    return FORMATS[form].write(reports, OCCASION)


def schema(name):
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def by_schema(name):
    def check(text):
        document = schema(name)
        kind = jsonschema.validators.validator_for(document)
        kind.check_schema(document)
        kind(document, format_checker=kind.FORMAT_CHECKER).validate(json.loads(text))

    return check


def gradescope(text):
    """https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format"."""
    document = json.loads(text)
    visibilities = {"hidden", "after_due_date", "after_published", "visible"}
    formats = {"text", "html", "simple_format", "md", "ansi"}
    assert set(document) <= {
        "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
        "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
    }  # fmt: skip
    assert isinstance(document["score"], int | float)
    assert isinstance(document.get("execution_time", 0), int)
    assert {document.get("visibility", "visible"), document["stdout_visibility"]} <= visibilities
    kinds = ("output_format", "test_output_format", "test_name_format")
    assert {document.get(one, "text") for one in kinds} <= formats
    for test in document["tests"]:
        assert set(test) <= {
            "score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
            "tags", "visibility", "extra_data",
        }  # fmt: skip
        assert test["status"] in {"passed", "failed"}
        assert test["visibility"] in visibilities
        assert 0 <= test["score"] <= test["max_score"]


def prairielearn(text):
    """https://prairielearn.readthedocs.io/en/latest/externalGrading/, "Grading results"."""
    document = json.loads(text)
    assert len(text.encode()) <= 1_000_000
    if not document["gradable"]:
        assert all(isinstance(one, str) for one in document["format_errors"])
        return
    assert 0 <= document["score"] <= 1
    for test in document["tests"]:
        assert isinstance(test["points"], float)
        assert isinstance(test["max_points"], float)
        assert all(isinstance(test[one], str) for one in ("name", "description", "message", "output"))


def exercism(text):
    """https://exercism.org/docs/building/tooling/test-runners/interface, version 3."""
    document = json.loads(text)
    assert set(document) == {"version", "status", "message", "tests"}
    assert document["version"] == 3
    assert document["status"] in {"pass", "fail", "error"}
    assert (document["message"] is not None) == (document["status"] == "error")
    states = [test["status"] for test in document["tests"]]
    if document["status"] == "pass":
        assert set(states) == {"pass"}
    for test in document["tests"]:
        assert set(test) <= {"name", "status", "message", "output", "test_code", "task_id"}
        assert test["status"] in {"pass", "fail", "error"}
        assert (test["message"] is None) == (test["status"] == "pass")
        assert len(test["output"] or "") <= 500
        assert len(test["message"] or "") <= 65_535


def canvas(text):
    """canvas-lms, lib/gradebook_importer.rb: these columns first, then assignments, then numbers."""
    head, worth, *rows = csv.reader(io.StringIO(text))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert "Points Possible" in worth[0]
    assert all(len(row) == len(head) for row in (worth, *rows))
    assert len(set(head)) == len(head)
    for row in (worth, *rows):
        assert all(re.fullmatch(r"\d+(\.\d+)?|", score) for score in row[5:])


def moodle(text):
    """moodle, grade/import/csv/tests: all rows have the same number of columns, and grades are numbers."""
    head, *rows = csv.reader(io.StringIO(text))
    assert all(len(row) == len(head) for row in rows)
    for row in rows:
        assert all(re.fullmatch(r"\d+(\.\d+)?|", score) for score in row[1::2])


def moodle_worksheet(text):
    """moodle, mod/assign/feedback/offline: three columns are required, and grades are numbers or empty."""
    head, *rows = csv.reader(io.StringIO(text))
    assert {"Identifier", "Grade", "Last modified (grade)"} <= {*head}
    assert len({*head}) == len(head)
    for row in rows:
        assert len(row) == len(head)
        found = dict(zip(head, row, strict=True))
        assert re.fullmatch(r"Participant \d+", found["Identifier"])
        assert re.fullmatch(r"\d+(\.\d+)?|", found["Grade"])


def github_summary(text):
    """GitHub accepts 1024 KiB. An unclosed code block would swallow the text after it."""
    assert len(text.encode()) <= 1024 * 1024
    open_fence = None
    for line in text.split("\n"):
        fence = re.fullmatch(r"(`{3,})(text)?", line)
        if fence and open_fence is None and fence[2]:
            open_fence = fence[1]
        elif fence and fence[1] == open_fence and not fence[2]:
            open_fence = None
    assert open_fence is None


def github_annotations(text):
    """Check that there are at most ten lines. Each is one command, and only its message is free text."""
    lines = text.splitlines()
    assert len(lines) <= 10
    for line in lines:
        assert re.fullmatch(r"::error ((file|line|title)=[^:,]*,?)+::.*", line)
        assert re.fullmatch(r"([^%]|%(25|0A|0D|3A|2C))*", line)


def junit(text):
    import xmlschema
    from junitparser import JUnitXml

    xmlschema.validate(text, str(SCHEMAS / "junit-10.xsd"))
    JUnitXml.fromstring(text.encode())


DEMANDS = {
    "gradescope": gradescope,
    "classroom50": by_schema("classroom50-result-v1.schema.json"),
    "prairielearn": prairielearn,
    "exercism": exercism,
    "ctrf": by_schema("ctrf.schema.json"),
    "junit": junit,
    "canvas-csv": canvas,
    "moodle-csv": moodle,
    "moodle-worksheet": moodle_worksheet,
    "github-summary": github_summary,
    "github-annotations": github_annotations,
    "dodona": by_schema("dodona-judge_output.json"),
}


def listed_in(form, text):
    """Yield each test's name in an exported file, and whether the file counts it as passed."""
    if form == "junit":
        for case in ET.fromstring(text).iter("testcase"):
            yield f"{case.get('classname')} / {case.get('name')}", not list(case)
        return
    document = json.loads(text)
    if form == "ctrf":
        for test in document["results"]["tests"]:
            yield test["name"], test["status"] == "passed"
    elif form == "dodona":
        for tab in document["groups"]:
            for context in tab["groups"]:
                name = f"{tab['description']} / {context['description']['description']}"
                yield name, context["accepted"] and all(one["accepted"] for one in context["groups"])
    else:
        for test in document.get("tests", []):
            yield test.get("name") or test["test-name"], _passed(form, test)


def _passed(form, test):
    if form == "prairielearn":
        return not test["message"] and test["points"] == test["max_points"]
    return test["passed"] if form == "classroom50" else test["status"] in {"pass", "passed"}


def strings(value):
    """Yield every text in a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from (name, *strings(part))
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
