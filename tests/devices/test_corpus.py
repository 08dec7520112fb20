"""Answers with and without device mistakes, one per file, and the messages that learners get."""

import ast
from pathlib import Path

import pytest
from lanes import ELSEWHERE

from grader.reports import folded_devices
from grader.sandbox import sim

pytestmark = pytest.mark.slow
HERE = Path(__file__).resolve().parent
MISTAKES = sorted((HERE / "mistakes").glob("*.py"))
CLEAN = sorted((HERE / "clean").glob("*.py"))
# These also fail on the CPU: there is no GPU here, a dtype is fixed, or an input is written into.
ON_THE_CPU = {"hard_coded_cuda", "moved_to_cuda", "fixed_float64", "written_into_the_input"}


def docstring(path):
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def results(judged, reason):
    """The result of each file, judged on all devices of this machine."""
    if reason:
        pytest.skip(reason)

    def judge(paths):
        texts = [(docstring(path).partition(":")[0], path.read_text(encoding="utf-8")) for path in paths]
        return dict(zip(paths, judged(texts, device="auto"), strict=True))

    return judge


@pytest.fixture(scope="module")
def reason(course):
    """The reason why this machine has no simulated device, found before any backward pass."""
    from grader.service import grading

    state = grading.examine().devices.get(sim.NAME, "another accelerator is here")
    return None if state == "judged" else state


@pytest.fixture(scope="module")
def mistakes(results):
    return results(MISTAKES)


@pytest.fixture(scope="module")
def clean(results):
    return results(CLEAN)


def told(result):
    """Return all messages about devices, dtypes and inputs."""
    known = [one.misconception for one in result.properties if one.misconception is not None]
    ours = ("device", "dtype-fixed", "input-written")
    return {one.message for one in known if one.slug.startswith(ours)}


def test_there_are_twenty_of_each():
    """The corpus has at least twenty files of each kind."""
    assert len(MISTAKES) >= 20
    assert len(CLEAN) >= 20


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_told_by_line_and_remedy(mistakes, path):
    """An answer with a mistake is not met, and one sentence gives the line and the fix."""
    result = mistakes[path]
    assert result.status == "not met"
    assert told(result) == {" ".join(docstring(path).split("\n\n", 1)[1].split())}


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_of_devices_is_told_once(mistakes, path):
    """A mistake on one line is explained under one property, and only this property is lost."""
    result = mistakes[path]
    known = [
        one.misconception for one in folded_devices.told(result).properties if one.misconception is not None
    ]
    assert sum(one.slug.startswith("device") for one in known) == (
        path.stem not in {"fixed_float64", "written_into_the_input"}
    )


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_passes_on_the_cpu(mistakes, path):
    """A mistake that appears only on another device passes on the CPU, where the values are correct."""
    result = mistakes[path]
    verdicts = {(one.id, one.device): one.verdict for one in result.properties}
    assert (verdicts["shape", "cpu"] == "met") == (path.stem not in {"hard_coded_cuda", "moved_to_cuda"})
    if path.stem not in ON_THE_CPU:
        assert verdicts["device", "sim"] == "not met"
        there = [one for one in result.properties if one.device == "sim"]
        assert [one.id for one in there if one.max_points] == ["device"]
        assert sum(one.points for one in there) == 0


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_what_follows_its_input_is_met(clean, path):
    """An answer that uses its input's device never gets a message about devices."""
    result = clean[path]
    assert {one.device for one in result.properties} == {"cpu", "sim"}
    wrong = [(one.id, one.device, one.reason) for one in result.properties if one.verdict != "met"]
    assert (wrong, result.status) == ([], "met")


def test_no_right_answer_of_the_course_is_blamed(course, proved, reason):
    """The reference and a variant of each exercise get full marks on the CPU and on the simulated device.

    The other variants are tried there nightly.
    """
    if reason:
        pytest.skip(reason)
    right = [one for one in proved.of("reference", "variant") if one[1].job.device == "auto"]
    blamed = [
        (str(trial.path.relative_to(course.root)), one.id, one.device, one.reason)
        for _, trial, result in right
        for one in result.properties
        if one.verdict != "met"
    ]
    assert blamed == []
    assert len(right) == sum(1 + len(one.variants[:ELSEWHERE]) for one in course.exercises.values())
    judged_on = {one.device for _, _, result in right for one in result.properties}
    assert judged_on == {"cpu", "sim"}
