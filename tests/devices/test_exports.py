"""On a machine without a GPU, no format shows a pass on CUDA, and simulated results are marked."""

import re

import pages
import pytest
from exporting import exported
from msgspec import structs

from grader.report_model import ExerciseResult, Property
from grader.reports.exports.formats import FORMATS

STATES = {"cpu": "judged", "cuda": "not judged: no CUDA device", "sim": "judged"}


def law(name, device, verdict="met", reason=None, **fields):
    points = 0.5 if verdict == "met" else 0.0
    return Property(name, "It is so.", device, verdict, None, reason, points, 0.5, 0.1, **fields)


def report(*laws, states=STATES):
    status = "met" if all(one.verdict == "met" for one in laws) else "not judged"
    score, total = sum(one.points for one in laws), sum(one.max_points for one in laws)
    exercise = ExerciseResult("one", "The first", status, score, total, 0.1, list(laws), "", None)
    return pages.report(exercise, devices=states)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_reads_as_passed_on_cuda(form):
    """CUDA only ever appears as 'not judged', whether it was left out or requested."""
    simulated = report(law("values", "cpu"), law("device", "sim"))
    asked = report(
        law("values", "cuda", "not judged", "no CUDA device"),
        states={"cpu": "not judged: not asked for", "cuda": "not judged: no CUDA device"},
    )
    for text in (exported(form, simulated), exported(form, asked)):
        for found in re.finditer("cuda", text, re.IGNORECASE):
            around = text[max(0, found.start() - 300) : found.end() + 300]
            assert "not judged" in around or "no CUDA device" in around


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_simulated_says_so(form):
    """Each entry or line that names the simulated device calls it simulated."""
    text = exported(form, report(law("values", "cpu"), law("device", "sim")))
    if re.search(r"\bsim\b", text):
        assert "simulated" in text


@pytest.mark.parametrize("form", FORMATS)
def test_evidence_is_no_entry(form):
    """Every format reports another device's findings once, under `device`."""
    told = report(law("values", "cpu"), law("device", "sim", "not met"))
    evidence = law("values", "sim", "not met", reason="a word of it", evidence=True)
    laws = [law("values", "cpu"), evidence, law("device", "sim", "not met")]
    with_evidence = structs.replace(told, exercises=[structs.replace(told.exercises[0], properties=laws)])
    assert exported(form, with_evidence) == exported(form, told)
