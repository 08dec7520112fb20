"""Failed cases are kept in the learner's own folder, tried first, then forgotten, and never reported."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest
import torch
from times import timeless

from grader.course import load_course
from grader.learner.state import remembered_cases
from grader.protocol import ReplayedCase
from grader.report_model import ExerciseResult, Property
from grader.runner.cases.case_codec import case_text
from grader.sandbox import sim

ROOT = Path(__file__).resolve().parents[3]
MISTAKES = ROOT / "submissions/mistakes"
CASE = "1.gqZrZXJuZWyUAwCRApIBAqF4lAMAkQSUAQIDBA"
# No seed draws this kernel: only the remembered case shows the error.
RARE = {"kernel": torch.tensor([7.0, -8, 5, -9]), "x": torch.tensor([1.0, 2, 3, 4, 5])}
SELDOM = """

_right = build_toeplitz_1d


def build_toeplitz_1d(kernel, n):
    matrix = _right(kernel, n)
    return 2 * matrix if kernel.tolist() == [7, -8, 5, -9] else matrix
"""
TRIAL = ReplayedCase(property="values", case=CASE, device="cpu")


def result(verdict="not met", case=CASE, name="values"):
    token = f"toeplitz_1d.{name}.cpu.{case}" if case else None
    one = Property(name, "It is.", "cpu", verdict, None, None, 0.0, 1.0, 0.0, replay=token)
    return ExerciseResult("toeplitz_1d", "T", verdict, 0.0, 1.0, 0.0, [one], "", None)


@pytest.fixture
def own(own_course):
    """The course and its learner's folder."""
    course = load_course(own_course)
    return course, course.learners_folder


def test_a_case_is_kept_until_it_is_met(own):
    """A failed case is remembered; a remembered case that passes is forgotten."""
    course, folder = own
    remembered_cases.keep(course, folder, [result()], tried=True)
    assert remembered_cases.recall(course, folder) == {"toeplitz_1d": [TRIAL]}
    remembered_cases.keep(course, folder, [result("met", None, "shape")], tried=True)
    assert remembered_cases.recall(course, folder) == {"toeplitz_1d": [TRIAL]}
    remembered_cases.keep(course, folder, [result("met", None)], tried=True)
    assert remembered_cases.recall(course, folder) == {}


def test_a_case_that_was_not_tried_is_kept(own):
    """A run with a report doesn't forget the remembered case, because it doesn't try it."""
    course, folder = own
    remembered_cases.keep(course, folder, [result()], tried=False)
    remembered_cases.keep(course, folder, [result("met", None)], tried=False)
    remembered_cases.keep(course, folder, [result("not judged", None)], tried=True)
    assert remembered_cases.recall(course, folder) == {"toeplitz_1d": [TRIAL]}


def test_one_case_for_each_property(own):
    """The latest case replaces the earlier one; a very long case isn't kept."""
    course, folder = own
    for case in ("1.gA", CASE, "1." + "A" * remembered_cases.LONGEST):
        remembered_cases.keep(course, folder, [result(case=case)], tried=True)
    assert remembered_cases.recall(course, folder) == {"toeplitz_1d": [TRIAL]}


def test_another_course_forgets(own):
    """Cases remembered for one state of the course aren't used after it changes."""
    course, folder = own
    remembered_cases.keep(course, folder, [result()], tried=True)
    with (course.root / "exercises/toeplitz_1d/test_toeplitz_1d.py").open("a") as file:
        file.write("\n")
    assert remembered_cases.recall(load_course(course.root), folder) == {}


def test_nobody_elses_folder(own, tmp_path):
    """Only files in the learner's own folder are read or written."""
    course, folder = own
    other = tmp_path / "ada"
    other.mkdir()
    remembered_cases.keep(course, other, [result()], tried=True)
    assert list(other.iterdir()) == []
    remembered_cases.keep(course, folder, [result()], tried=True)
    shutil.copytree(folder / ".grader", other / ".grader")
    assert remembered_cases.recall(course, other) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"format": 2, "course": "", "cases": {}}',
        b'{"format": 1, "course": "", "cases": {"toeplitz_1d": [1]}}',
        b'{"format": 1, "course": "", "cases": ' + b"[" * 100_000,
    ],
    ids=lambda content: content[:45].decode("latin-1"),
)
def test_a_damaged_memory_is_none(own, content):
    """An unreadable file of cases counts as empty, and the next run rewrites it."""
    course, folder = own
    (folder / ".grader").mkdir()
    (folder / ".grader/cases.json").write_bytes(content)
    assert remembered_cases.recall(course, folder) == {}
    remembered_cases.keep(course, folder, [result()], tried=True)
    assert remembered_cases.recall(course, folder) == {"toeplitz_1d": [TRIAL]}


def test_names_that_the_course_does_not_know_are_dropped(own):
    """Unknown names in the file are removed."""
    course, folder = own
    cases = remembered_cases.Cases(format=1, course=course.sha256, cases={"no_such": [TRIAL]})
    (folder / ".grader").mkdir()
    (folder / ".grader/cases.json").write_bytes(msgspec.json.encode(cases))
    remembered_cases.keep(course, folder, [result()], tried=True)
    assert remembered_cases.recall(course, folder) == {"toeplitz_1d": [TRIAL]}


def report_of(run_grade, course, submission):
    done = run_grade("run", submission, "--course", course, "--json", "-")
    return json.dumps(timeless(json.loads(done.stdout))), done


def test_what_failed_on_another_device_is_replayed_there(run_grade, own_course):
    """A case shown under `device` is remembered under the failing property, and found by either name."""
    if (why_not := sim.available()) is not None:
        pytest.skip(why_not)
    mine = own_course / "submissions/me"
    shutil.copy(ROOT / "tests/devices/mistakes/factory_without_device.py", mine / "toeplitz_1d.py")
    here = ("--course", own_course)
    shown = run_grade("run", mine, *here).stdout
    assert shown.count("grade replay") == 1
    assert "\n    grade replay toeplitz_1d.shape.sim\n" in shown
    for name in ("toeplitz_1d.shape.sim", "toeplitz_1d.device"):
        replayed = run_grade("replay", name, *here)
        assert replayed.returncode == 1
        assert "Your function returned a tensor on `cpu`, while the inputs are on `sim`" in replayed.stdout
    both = run_grade("replay", "toeplitz_1d.device", *here, "--device", "auto")
    assert both.stdout.count("✓ shape") == both.stdout.count("✗ shape on sim (simulated)") == 1
    assert "device on sim" not in both.stdout


@pytest.mark.slow
def test_from_the_first_failure_to_the_last(run_grade, own_course):
    """A failed case is tried first, replayed, and forgotten once it passes; reports don't change."""
    mine = own_course / "submissions/me"
    shutil.copy(MISTAKES / "toeplitz_1d.py", mine)
    here = ("--course", own_course)
    plain, _ = report_of(run_grade, own_course, mine)
    shutil.rmtree(mine / ".grader")

    first = run_grade("run", mine, *here).stdout
    assert "tried first" not in first
    assert "\n    grade replay toeplitz_1d.values\n" in first
    second = run_grade("run", mine, *here).stdout
    assert second.count("\n    this case also failed last time\n") == 1
    assert second.replace("    this case also failed last time\n", "") == first
    assert report_of(run_grade, own_course, mine)[0] == plain

    replayed = run_grade("replay", "toeplitz_1d.values", *here)
    assert replayed.returncode == 1
    assert "     4*  7* 10*     5   8  11\n" in replayed.stdout

    shutil.copy(ROOT / "submissions/example/toeplitz_1d.py", mine)
    replayed = run_grade("replay", "toeplitz_1d.values", *here)
    assert replayed.returncode == 0
    assert "This case is correct now. Run `grade run` to test the others.\n" in replayed.stdout
    done = run_grade("run", mine, *here)
    assert done.returncode == 0
    assert "tried first" not in done.stdout
    assert not json.loads((mine / ".grader/cases.json").read_text())["cases"]
    forgotten = run_grade("replay", "toeplitz_1d.values", *here)
    assert forgotten.returncode == 2
    assert "error[nothing-remembered]" in forgotten.stderr


@pytest.mark.slow
def test_a_memory_that_fails_makes_a_run_fail_but_no_report(run_grade, own_course):
    """A remembered case that the seed doesn't draw fails in a run, but changes no report."""
    right = (ROOT / "submissions/example/toeplitz_1d.py").read_text()
    mine = own_course / "submissions/me"
    (mine / "toeplitz_1d.py").write_text(right + SELDOM)
    plain, done = report_of(run_grade, own_course, mine)
    assert done.returncode == 0
    course = load_course(own_course)
    remembered_cases.keep(course, mine, [result(case=case_text(RARE))], tried=True)
    report, done = report_of(run_grade, own_course, mine)
    assert (report, done.returncode) == (plain, 0)
    page = own_course / "page.html"
    assert run_grade("run", mine, "--course", own_course, "--html", page).returncode == 0
    done = run_grade("run", mine, "--course", own_course)
    assert done.returncode == 1
    assert "this case also failed last time" in done.stdout
    assert "kernel=[7, -8, 5, -9]" in done.stdout
