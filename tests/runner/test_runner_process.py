"""A property counts only if it was expected and tested and its call passed."""

from types import SimpleNamespace

import pytest

from grader.errors import GraderError
from grader.report_model import Property
from grader.runner import results, runner_process, scoring
from grader.runner.expectation import Expectation


def prop(verdict="met", points=2.0):
    return Property(
        "values", "It is.", "cpu", verdict, None, None, points if verdict == "met" else 0.0, points, 0.0
    )


def grading_session(found, devices=("cpu",)):
    expected = {
        f"values[{device}]": Expectation(
            "one", "values", "It is.", device, 2.0 if device == "cpu" else 0.0, evidence=device != "cpu"
        )
        for device in devices
    }
    return SimpleNamespace(expected=expected, found=found, duration=lambda nodeid: 0.5)


def test_a_passed_call_counts():
    """A property that is met earns its points if its call passed."""
    (one,) = results.properties(grading_session({"values[cpu]": prop()}), {"values[cpu]"})
    assert (one.verdict, one.points, one.duration) == ("met", 2.0, 0.5)


def test_a_call_that_did_not_pass_earns_nothing():
    """A property's verdict counts only if pytest says that its call passed."""
    (one,) = results.properties(grading_session({"values[cpu]": prop()}), set())
    assert (one.verdict, one.points, one.max_points) == ("not judged", 0.0, 2.0)


def test_what_never_ran_stays_in_the_total():
    """A collected property that never ran is not judged, and its points stay in the total."""
    (one,) = results.properties(grading_session({}), set())
    assert (one.verdict, one.max_points) == ("not judged", 2.0)


def test_points_are_earned_on_the_first_device():
    """All points of a property belong to the first device, even if the property never ran on another one."""
    both = results.properties(grading_session({"values[cpu]": prop()}, ("cpu", "cuda")), {"values[cpu]"})
    assert [(one.points, one.max_points, one.evidence) for one in both] == [
        (2.0, 2.0, False),
        (0.0, 0.0, True),
    ]


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        (["met", "met"], "met"),
        (["met", "not judged"], "not judged"),
        (["met", "not met", "not judged"], "not met"),
        ([], "not judged"),
    ],
)
def test_an_exercise_is_met_only_as_a_whole(verdicts, status):
    """One unmet property makes the exercise not met; one that is not judged prevents a pass."""
    assert scoring.status_of([prop(verdict) for verdict in verdicts]) == status


def test_points_have_no_dust():
    """Thirds of points add up to whole numbers."""
    assert scoring.total([1 / 3] * 3) == 1.0


def test_each_exercise_has_room_of_its_own(monkeypatch):
    """Each exercise in a submission may use the same amount of additional memory."""
    bounds = []

    def broken(*_):
        raise GraderError("property-broken", found="a", where="b", expected="c", remedy="d")

    monkeypatch.setattr(runner_process.limits, "bound_memory", bounds.append)
    monkeypatch.setattr(runner_process, "judge_exercise", broken)
    setup = SimpleNamespace(request=SimpleNamespace(jobs=["a", "b", "c"]), budget_of=lambda job: None)
    assert len(list(runner_process.run(setup, None))) == 3
    assert bounds == [runner_process.MOST_MEMORY] * 3
