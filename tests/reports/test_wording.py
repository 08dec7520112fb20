"""Test the report's wording, which is the same in every output format."""

import msgspec
import pages

from grader.report_model import Misconception, Property, SourceError
from grader.reports import wording

ERROR = SourceError("NameError", "no", 1, "x", cell=2)
KNOWN = Misconception("slug", "an old name", "Write another.", "environment")


def test_points_read_as_people_write_them():
    """Whole points are shown without a fraction."""
    assert [wording.points(value) for value in (0.0, 3.0, 0.5, 1.25)] == ["0", "3", "0.5", "1.25"]


def test_devices_that_were_judged_stand_before_those_that_were_not():
    """A simulated device is labelled as simulated, and an untested one shows its reason."""
    states = {"cpu": "judged", "sim": "judged", "cuda": "not judged: no CUDA device"}
    assert wording.judged_on(states) == "tested on cpu, sim (simulated); cuda not tested: no CUDA device"
    assert wording.judged_on({}) == "tested on no device"


def test_a_reason_stands_once_with_all_names_it_goes_for():
    """A reason lists a property tested on two devices only once, and reasons keep their order."""
    laws = [
        pages.law("b", "not judged", reason="stopped"),
        pages.law("a", "not judged", reason="no device"),
        pages.law("b", "not judged", reason="stopped"),
        pages.law("c", "not judged", reason="stopped"),
        pages.law("d"),
    ]
    assert wording.reasons(laws) == [("stopped", "", ["b", "c"]), ("no device", "", ["a"])]


def test_what_the_files_error_says_is_not_explained_again():
    """A property isn't explained if its reason only repeats the error shown for the file."""
    told = pages.law("a", "not met", reason="not defined: cell 2 raised NameError")
    elsewhere = pages.law("b", "not met", reason="not defined: cell 3 raised NameError")
    exercise = pages.exercise("one", told, elsewhere, error=ERROR)
    assert [one.id for one in wording.worth_explaining(exercise)] == ["b"]
    without = msgspec.structs.replace(exercise, error=None)
    assert [one.id for one in wording.worth_explaining(without)] == ["a", "b"]


def test_what_is_known_of_a_files_error_is_told_in_one_order():
    """Each explanation appears once, in the order of the properties.

    If the file has no error, it gets no explanation.
    """
    others = [msgspec.structs.replace(KNOWN, slug=f"slug{number}") for number in range(9)]
    laws = [pages.law("a", "not met", misconception=one) for one in (KNOWN, *others, KNOWN)]
    exercise = pages.exercise("one", *laws, error=ERROR)
    assert wording.known_of_error(exercise) == [KNOWN, *others]
    assert wording.known_of_error(msgspec.structs.replace(exercise, error=None)) == []


def test_a_stub_as_it_came_says_one_thing():
    """An exercise counts as a stub only if it has no points and every reason comes from the stub."""
    laws = [
        pages.law(name, "not met", points=0.0, reason="not implemented yet: TODO (line 3)") for name in "ab"
    ]
    assert wording.unwritten(pages.exercise("one", *laws)) == "not implemented yet: TODO (line 3)"
    assert wording.unwritten(pages.exercise("one", *laws, pages.law("c", "not met", reason="r"))) is None
    assert wording.unwritten(pages.exercise("one", *laws, pages.law("c"))) is None
    assert wording.unwritten(pages.exercise("one")) is None
    assert wording.standing(pages.exercise("one", *laws)) == "not started"
    assert wording.look(pages.exercise("one", *laws)) == "not judged"
    assert wording.standing(pages.exercise("one", *laws, pages.law("c", "not met", reason="r"))) == "wrong"


def test_the_case_with_the_most_points_comes_first():
    """Tests with one cause form a group in the order of the first of them; unexplained ones stay alone."""
    known = Misconception("slug", "half a thing", "Do the other half.")
    wrong = [
        failed("shape", points=1, misconception=known),
        failed("dtype", points=1),
        failed("values", points=3, misconception=known),
        failed("gradient", points=1),
    ]
    groups = wording.by_cause(wrong)
    assert [[one.id for one in group] for group in groups] == [["values", "shape"], ["dtype"], ["gradient"]]


def failed(name, *, points, misconception=None):
    return Property(
        id=name,
        says=f"{name} is so.",
        device="cpu",
        verdict="not met",
        cause="wrong",
        reason=f"{name} differs",
        points=0.0,
        max_points=float(points),
        duration=0.0,
        misconception=misconception,
    )
