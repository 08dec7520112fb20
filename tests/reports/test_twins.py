"""A property that was judged on several devices is told once, but for what a device adds."""

from grader.records import ExerciseResult, Property
from grader.reports import twins


def prop(name, device, verdict="met"):
    points = 0.5 if verdict == "met" else 0.0
    return Property(name, "It is.", device, verdict, None, None, points, 0.5, 0.0)


def told(*properties):
    exercise = ExerciseResult("one", "One", "met", 1.0, 1.0, 0.0, list(properties), "", None)
    return [
        (one.id, one.device, one.verdict, one.points, one.max_points)
        for one in twins.told(exercise).properties
    ]


def test_what_is_met_everywhere_is_told_once():
    """Its points are those of all devices together."""
    assert told(prop("a", "cpu"), prop("a", "sim")) == [("a", "cpu", "met", 1.0, 1.0)]


def test_what_fails_on_the_first_device_is_told_once():
    """The twin on another device has nothing to add."""
    found = told(prop("a", "cpu", "not met"), prop("a", "sim", "not judged"))
    assert found == [("a", "cpu", "not met", 0.0, 1.0)]


def test_what_only_another_device_can_tell_is_told():
    """Met on the first, not met on another: both are shown, with what is left of the points."""
    assert told(prop("a", "cpu"), prop("b", "cpu"), prop("a", "sim", "not met"), prop("b", "sim")) == [
        ("a", "cpu", "met", 0.5, 1.0),
        ("b", "cpu", "met", 1.0, 1.0),
        ("a", "sim", "not met", 0.5, 1.0),
    ]


def test_one_device_is_told_as_it_is():
    """Where there is one device, whichever it is, nothing is folded."""
    assert told(prop("a", "sim", "not met")) == [("a", "sim", "not met", 0.0, 0.5)]
