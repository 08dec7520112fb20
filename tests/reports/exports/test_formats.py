"""Every report in every format follows the platform's rules and leaks no secrets."""

import json
import re
import shutil
import subprocess

import exporting
import pages
import pytest
from exporting import DEMANDS, REPORTS, SECRET, exported, listed_in, strings

from grader import cli
from grader.reports.exports.formats import FORMATS

pytest.importorskip("xmlschema", reason="xmlschema is not installed: pip install -e '.[test]' brings it")
pytest.importorskip("junitparser", reason="junitparser is not installed: pip install -e '.[test]' brings it")

LISTED = ["gradescope", "classroom50", "prairielearn", "exercism", "ctrf", "junit", "dodona"]
CTRF = pages.ROOT / ".venv/node_modules/ctrf"


def test_the_command_line_offers_what_there_is():
    """`--to` offers exactly the formats that can be written, and this module has rules for each."""
    assert [one.value for one in cli.Format] == list(FORMATS)
    assert set(DEMANDS) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_platform_takes_it(name, form):
    """Each report in each format matches the platform's schema or documented rules."""
    DEMANDS[form](exported(form, REPORTS[name]))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_no_control_characters(name, form):
    """The only control characters in the file and its texts are line breaks."""
    text = exported(form, REPORTS[name])
    texts = [text, *strings(json.loads(text))] if text.startswith("{") else [text]
    found = {c for each in texts for c in each if not c.isprintable() and c not in "\r\n"}
    assert found == set()


@pytest.mark.parametrize("form", FORMATS)
def test_no_command_to_a_ci(form):
    """No text from a submission is read as a CI command: no line begins with `::` or `##[`."""
    text = exported(form, REPORTS["hostile"])
    texts = [text, *strings(json.loads(text))] if text.startswith("{") else [text]
    lines = [line.strip() for each in texts for line in re.split(r"[\r\n]", each)]
    commands = [line for line in lines if line.startswith("::") or "##[" in line]
    assert all(line.startswith("::error ") for line in commands if form == "github-annotations")
    assert commands == [] or form == "github-annotations"


@pytest.mark.parametrize("form", LISTED)
@pytest.mark.parametrize("name", REPORTS)
def test_what_is_not_met_or_not_judged_never_reads_as_passed(name, form):
    """The number of passed tests equals the number of met properties.

    Some formats report all hidden properties as one test, which counts once.
    """
    report = REPORTS[name]
    found = list(listed_in(form, exported(form, report)))
    if not found:
        return
    laws = [law for one in report.exercises for law in one.properties if not law.evidence]
    folded = form not in {"gradescope", "dodona"}
    met = [law for law in laws if law.verdict == "met" and not (folded and law.hidden)]
    assert sum(passed for _, passed in found) == len(met)
    unmet = {law.id for law in laws if law.verdict != "met" and not law.hidden}
    assert unmet <= {
        re.split(r" \[| \(", title.rsplit(" / ", 1)[1])[0] for title, passed in found if not passed
    }


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"gradescope", "dodona"}))
def test_nothing_hidden_is_told(form):
    """A file that a learner may read contains no text from a hidden property."""
    assert SECRET not in exported(form, REPORTS["hidden"])


@pytest.mark.parametrize(("form", "where"), [("gradescope", "tests"), ("dodona", "groups")])
def test_what_is_hidden_is_for_staff(form, where):
    """Hidden properties have entries only if the platform itself hides them."""
    document = json.loads(exported(form, REPORTS["hidden"]))
    private = [
        one for one in document[where] if {one.get("visibility"), one.get("permission")} & {"hidden", "staff"}
    ]
    assert SECRET in json.dumps(private)
    document[where] = [one for one in document[where] if one not in private]
    assert SECRET not in json.dumps(document)


@pytest.mark.parametrize("form", ["gradescope", "prairielearn", "github-summary", "dodona"])
def test_a_device_that_was_not_judged_is_named(form):
    """The file lists each device that wasn't tested, with the reason."""
    assert "cuda not tested: no CUDA device" in exported(form, REPORTS["devices"])


def test_ctrf_by_its_own_validator(tmp_path):
    """The independent npm package `ctrf` accepts each document, and rejects one without a summary."""
    if shutil.which("node") is None or not CTRF.exists():
        pytest.skip("node or npm's ctrf is not there; `.ci/run` brings both")
    documents = {name: json.loads(exported("ctrf", report)) for name, report in REPORTS.items()}
    documents["broken"] = {**documents["mistakes"], "results": {}}
    (tmp_path / "documents.json").write_text(json.dumps(documents), encoding="utf-8")
    code = (
        f"import {{ validate }} from '{(CTRF / 'dist/index.js').as_uri()}'; import fs from 'fs';"
        "const all = JSON.parse(fs.readFileSync('documents.json', 'utf8'));"
        "for (const [name, one] of Object.entries(all)) console.log(name, validate(one).valid);"
    )
    (tmp_path / "check.mjs").write_text(code, encoding="utf-8")
    done = subprocess.run(
        ["node", "check.mjs"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.splitlines() == [*(f"{name} true" for name in REPORTS), "broken false"], done.stderr


@pytest.mark.parametrize("form", DEMANDS)
def test_the_demands_can_fail(form):
    """The checks reject a file in another format."""
    other = exported("exercism" if form != "exercism" else "gradescope", REPORTS["mistakes"])
    with pytest.raises(Exception):  # noqa: B017 - each library has its own
        DEMANDS[form](f"```text\n{other}" if form == "github-summary" else other)


def test_the_occasion_is_all_that_is_not_in_the_report():
    """The same report in the same run context gives the same file in every format."""
    for form in FORMATS:
        assert exported(form, exporting.hidden()) == exported(form, exporting.hidden())
