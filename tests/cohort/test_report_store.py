"""Reports on disk are valid until one of their inputs changes, and are never half written."""

import cohorts
import pages
import pytest
from msgspec import structs

from grader.cohort.folder_scan import search
from grader.cohort.report_store import Key, Shelf
from grader.errors import GraderError

REPORT = pages.report(pages.exercise("one", pages.law("shape")), devices={"cpu": "judged"})


class OneExercise:
    """A course that knows the digest of one exercise."""

    def digest(self, exercises):
        return {("one",): "b2" * 32}.get(tuple(exercises), "d4" * 32)


KEY = Key(REPORT.tool, OneExercise(), 20, {"cpu": "judged"}, "process", REPORT.environment)


@pytest.fixture
def entry(tmp_path):
    cohorts.submission(tmp_path / "handed_in", "ada")
    return search(tmp_path / "handed_in", out=tmp_path / "out").entries[0]


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "out")


def test_what_is_put_is_found(shelf, entry):
    """A stored report is read as it was written. A removed one can't be read."""
    assert shelf.report(entry) is None
    shelf.put(entry, REPORT)
    assert shelf.report(entry) == REPORT
    shelf.remove(entry)
    shelf.remove(entry)
    assert shelf.report(entry) is None


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b'{"format": 2}', b"\xff\x00", b"[" * 100_000])
def test_what_is_no_report_is_none(shelf, entry, content):
    """A damaged file counts as a missing report."""
    shelf.put(entry, REPORT)
    shelf.place(entry).write_bytes(content)
    assert shelf.report(entry) is None


def test_half_a_report_is_none(shelf, entry):
    """A truncated report of any length counts as a missing report."""
    shelf.put(entry, REPORT)
    whole = shelf.place(entry).read_bytes()
    for size in range(0, len(whole) - 2, 7):
        shelf.place(entry).write_bytes(whole[:size])
        assert shelf.report(entry) is None, size


@pytest.mark.parametrize(
    ("fits", "changes"),
    [
        (True, {}),
        (False, {"tool": pages.Tool("toeplitz-grader", "0.2.0")}),
        (False, {"tool": structs.replace(REPORT.tool, commit="a1" * 20)}),
        (False, {"course": pages.CourseRecord("Convolution", "c3" * 32)}),
        (False, {"seed": 21}),
        (False, {"environment": structs.replace(REPORT.environment, torch="2.99.0")}),
        (False, {"devices": {"cpu": "judged", "cuda": "judged"}}),
        (False, {"isolation": pages.Isolation("kernel", "kernel", {}, {}, {})}),
        (True, {"isolation": pages.Isolation("kernel+namespaces", "process", {}, {}, {})}),
        (False, {"exercises": [*REPORT.exercises, pages.exercise("two", pages.law("shape"))]}),
    ],
)
def test_a_report_is_good_for_what_it_was_made_with(fits, changes):
    """A different grader, course, seed, set of devices or required isolation requires a new report."""
    assert KEY.fits(structs.replace(REPORT, **changes)) is fits


def test_a_place_that_cannot_be_a_folder_is_named(tmp_path):
    """If the folder's path is a file, the error names the file and the option."""
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(GraderError) as refused:
        Shelf(tmp_path / "out")
    assert (refused.value.slug, str(tmp_path / "out") in refused.value.where) == ("unwritable-cohort", True)


def test_something_in_the_place_of_a_report_is_named(shelf, entry):
    """A folder with a report's name is not read, replaced or removed."""
    shelf.place(entry).mkdir()
    assert shelf.report(entry) is None
    for act in (lambda: shelf.put(entry, REPORT), lambda: shelf.remove(entry)):
        with pytest.raises(GraderError, match="can't be"):
            act()
    assert [one.name for one in shelf.place(entry).parent.iterdir()] == ["ada.json"]


def test_a_full_disk_leaves_the_old_report(shelf, entry):
    """A full disk is an error, and the old report is kept."""
    shelf.put(entry, REPORT)
    large = pages.report(pages.exercise("one", *(pages.law(f"law_{number}") for number in range(100))))
    with cohorts.room_for(4096), pytest.raises(GraderError) as refused:
        shelf.put(entry, large)
    assert refused.value.slug == "unwritable-report"
    assert shelf.report(entry) == REPORT
    assert [one.name for one in shelf.place(entry).parent.iterdir()] == ["ada.json"]
