"""Each learner gets a page about the own work only, and each platform can give it back."""

import io
import re
import zipfile
from dataclasses import replace

import learners
import pytest
from cohorts import room_for
from learners import NAMES, marker

from grader.cohort import feedback
from grader.cohort.folder_scan import FileNames
from grader.errors import GraderError, UsageError

# As the platforms write them: Moodle before 4.1 and since, not in folders, in a folder; Canvas late, and twice.
MOODLE = {
    "4711": ["Seán O'Connor_4711_assignsubmission_file_/one.py"],
    "4712": ["Jürgen Müller-Lüdenscheidt_4712_assignsubmission_file/src/one.py"],
    "4713": ["李小龙_4713_assignsubmission_file_one.py"],
    "4714": ["download/=HYPERLINK(0)_4714_assignsubmission_file_/12_34_56.py"],
    "4715": ["12345_4715_assignsubmission_file_/one.py"],
}
CANVAS = {
    "4711": ["oconnorsen_4711_90001_one.py"],
    "4712": ["müllerlüdenscheidtjürgen_LATE_4712_90002_one.py"],
    "4713": ["李小龙_4713_90003_one.py", "李小龙_4713_90013_two-1.py"],
    "4714": ["hyperlink0_4714_90004_12_34_56.py"],
    "4715": ["12345_4715_90005_one.py"],
}


@pytest.fixture
def give_back(course, tmp_path):
    """Return a function that writes the pages of a cohort, and returns their paths."""

    def write(form="html", layout="folders", members=None, only=tuple(NAMES)):
        slug_of = FileNames()
        members = members or {}
        entries = [learners.entry(number, members.get(number, ()), slug_of) for number in only]
        rows = [learners.row(one, one.learner.id) for one in entries]
        return feedback.write(
            entries,
            learners.summary(*rows),
            lambda one: learners.report(one.learner.id),
            tmp_path,
            form,
            course,
            layout,
        )

    return write


@pytest.mark.parametrize("form", ["html", "md"])
def test_nothing_of_one_learner_is_on_another_ones_page(give_back, tmp_path, form):
    """Each page contains its learner's name and texts, and no name or text of the others."""
    found = give_back(form)
    assert len(found) == len(NAMES)
    texts = {name: (tmp_path / path).read_text(encoding="utf-8") for name, path in found.items()}
    for number, learner in NAMES.items():
        own = f"{learner}_{number}"
        holding = [name for name, text in texts.items() if marker(number) in text]
        assert holding == [own]
        assert texts[own].count(marker(number)) >= 5
        assert [name for name, text in texts.items() if learner in text] == [own]


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_begins_with_the_marks(give_back, tmp_path, form):
    """The first lines are the points, the late rule and the change by hand."""
    path = give_back(form)["Seán O'Connor_4711"]
    text = (tmp_path / path).read_text(encoding="utf-8")
    sentences = [
        "2.4 of 6 points",
        "Late by 2 days: 3 of 6 points before, 20 % deducted.",
        f"two: 1 point instead of 0, changed by hand (explained it: {marker('4711')}).",
        "2026-12-03 08:00:00+01:00",
    ]
    places = [text.index(one) for one in sentences]
    assert places == sorted(places)
    assert places[-1] < text.index("The exercise one")


def test_the_learners_own_line_is_shown(give_back, tmp_path):
    """The page quotes the line of the learner's file that the case is about."""
    path = give_back()["Seán O'Connor_4711"]
    assert f"return {marker('4711')}  # a_b &lt;b&gt;" in (tmp_path / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "now",
    [
        learners.text("4712"),
        UsageError("unreadable-submission", found="", where="", expected="", remedy=""),
    ],
)
def test_a_submission_that_changed_is_not_quoted(course, tmp_path, now):
    """If the file isn't the graded one, or can't be read now, the page quotes no line of it."""
    one = replace(learners.entry("4711"), source=learners.Written(now))
    feedback.write(
        [one], learners.summary(), lambda _: learners.report("4711"), tmp_path, "html", course, "folders"
    )
    text = (tmp_path / f"feedback/{one.slug}.html").read_text(encoding="utf-8")
    assert "Your line 2." in text
    assert "# a_b" not in text


def test_who_has_no_report_has_no_page(course, tmp_path):
    """A submission that couldn't be graded gets no page."""
    one = learners.entry("4711")
    found = feedback.write([one], learners.summary(), lambda _: None, tmp_path, "md", course, "folders")
    assert found == {}
    assert list((tmp_path / "feedback").iterdir()) == []


def test_the_page_of_a_removed_learner_is_deleted(give_back, tmp_path):
    """Old pages of either format are deleted. Other files and folders stay."""
    give_back("html")
    folder = tmp_path / "feedback"
    (folder / "notes.txt").write_text("mine")
    (folder / "more.md").mkdir()
    give_back("md", only=("4711",))
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{learners.entry('4711').slug}.md",
        "more.md",
        "notes.txt",
    ]


def test_the_pages_are_the_same_every_time(give_back, tmp_path):
    """A second run writes the same bytes, and the same zip file."""
    give_back("html", "moodle", MOODLE)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    give_back("html", "moodle", MOODLE)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_no_page_shows_a_path_of_this_machine(give_back, tmp_path):
    """The page names neither the folder of the submissions nor the seed or the machine."""
    for form in ("html", "md"):
        for path in give_back(form).values():
            text = (tmp_path / path).read_text(encoding="utf-8")
            for word in ("/home/prof", "Seed", "linux-x86_64", "Isolation", "3.11.7"):
                assert word not in text


def archived(tmp_path, name):
    """Return the files of a zip file."""
    with zipfile.ZipFile(tmp_path / name) as archive:
        return {one: archive.read(one).decode() for one in archive.namelist()}


def moodles_route(path, participants):
    """Return participant and file name as assignfeedback_file_zip_importer::is_valid_filename_for_import."""
    parts = path.split("/")
    if parts[-1].startswith((".", "~")):
        return None
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 4 or not info[1].isdecimal() or int(info[1]) not in participants:
            continue
        if (info[2], info[3]) not in {("assignsubmission", "file"), ("assignfeedback", "file")}:
            continue
        return str(int(info[1])), "/".join([info[4] if len(info) == 5 else "", *parts])
    return None


@pytest.mark.parametrize("form", ["html", "md"])
def test_moodle_gives_each_page_to_its_learner(give_back, tmp_path, form):
    """Moodle's own rule sends each file of the zip file to the learner that it is about."""
    give_back(form, "moodle", MOODLE)
    found = archived(tmp_path, "feedback-moodle.zip")
    assert sorted(found) == sorted(
        [
            f"12345_4715_assignsubmission_file_/feedback.{form}",
            f"=HYPERLINK(0)_4714_assignsubmission_file_/feedback.{form}",
            f"Jürgen Müller-Lüdenscheidt_4712_assignsubmission_file/feedback.{form}",
            f"Seán O'Connor_4711_assignsubmission_file_/feedback.{form}",
            f"李小龙_4713_assignsubmission_file_/feedback.{form}",
        ]
    )
    routed = {path: moodles_route(path, {int(one) for one in NAMES}) for path in found}
    assert {name for _, name in routed.values()} == {f"/feedback.{form}"}
    assert sorted(number for number, _ in routed.values()) == sorted(NAMES)
    for path, (number, _) in routed.items():
        assert marker(number) in found[path]


def canvas_route(path, attachments):
    """Return user and attachment as AbstractAssignment#infer_comment_context_from_filename does."""
    parts = [part for part in path.split("/")[-1].split("_") if part != "LATE"]
    if parts[0] == "anon":
        user, attachment = parts[1:3]
    else:
        user, attachment = [part for part in parts if re.fullmatch("[0-9]+", part)][:2]
    if parts[-1].startswith("link") or path.startswith("._"):
        return None
    return (user, attachment) if attachment in attachments.get(user, ()) else None


ATTACHMENTS = {
    "4711": {"90001"},
    "4712": {"90002"},
    "4713": {"90003", "90013"},
    "4714": {"90004"},
    "4715": {"90005"},
}


@pytest.mark.parametrize("form", ["html", "md"])
def test_canvas_gives_each_page_to_its_learner(give_back, tmp_path, form):
    """Canvas's own rule sends each file of the zip file to the learner that it is about."""
    give_back(form, "canvas", CANVAS)
    found = archived(tmp_path, "feedback-canvas.zip")
    assert sorted(found) == sorted(
        [
            f"hyperlink0_4714_90004_feedback.{form}",
            f"müllerlüdenscheidtjürgen_LATE_4712_90002_feedback.{form}",
            f"oconnorsen_4711_90001_feedback.{form}",
            f"user12345_4715_90005_feedback.{form}",
            f"李小龙_4713_90013_feedback.{form}",
        ]
    )
    routed = {path: canvas_route(path, ATTACHMENTS) for path in found}
    assert sorted(user for user, _ in routed.values()) == sorted(NAMES)
    for path, (user, _) in routed.items():
        assert marker(user) in found[path]


def test_canvas_finds_an_anonymous_learner(give_back, tmp_path):
    """After `anon`, the code stands in the place of the user's number."""
    members = {"4711": ["anon_LATE_aB3x9_90001_one.py"], "4712": ["anon_12345_90002_1_2.py"]}
    give_back("html", "canvas", members, only=("4711", "4712"))
    found = archived(tmp_path, "feedback-canvas.zip")
    routed = {
        canvas_route(path, {"aB3x9": {"90001"}, "12345": {"90002"}}): text for path, text in found.items()
    }
    assert marker("4711") in routed["aB3x9", "90001"]
    assert marker("4712") in routed["12345", "90002"]


def test_only_the_layouts_own_zip_file_is_written(give_back, tmp_path):
    """A zip file from an earlier run with another layout would give back old pages, so it is deleted."""
    give_back("html", "canvas", CANVAS)
    give_back("html", "moodle", MOODLE)
    assert sorted(path.name for path in tmp_path.glob("*.zip")) == ["feedback-moodle.zip"]
    give_back("html", "folders")
    assert list(tmp_path.glob("*.zip")) == []
    give_back("html", "moodle", CANVAS)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_zip_file_can_be_read_everywhere(give_back, tmp_path):
    """Names are UTF-8, sorted and marked as such, and no time of this run is in the file."""
    give_back("html", "moodle", MOODLE)
    content = (tmp_path / "feedback-moodle.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
    assert [one.filename for one in entries] == sorted(one.filename for one in entries)
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert all(one.flag_bits & 0x800 for one in entries if not one.filename.isascii())


def test_a_folder_that_can_not_be_written(give_back, tmp_path):
    """A file in the place of the folder is an error that names it."""
    (tmp_path / "feedback").write_text("")
    with pytest.raises(GraderError) as caught:
        give_back()
    assert (caught.value.slug, caught.value.where) == ("unwritable-cohort", str(tmp_path / "feedback"))


def test_an_old_zip_file_that_can_not_be_deleted(give_back, tmp_path):
    """An old file that stays is an error, because somebody could give it back."""
    (tmp_path / "feedback-canvas.zip").mkdir()
    with pytest.raises(GraderError) as caught:
        give_back()
    assert caught.value.slug == "unwritable-cohort"
    assert "can't be deleted" in caught.value.found


def test_a_full_disk_leaves_the_old_pages(give_back, tmp_path):
    """Pages are replaced only as a whole."""
    found = give_back("md")
    before = {path: (tmp_path / path).read_bytes() for path in found.values()}
    with room_for(100), pytest.raises(GraderError):
        give_back("md")
    assert {path: (tmp_path / path).read_bytes() for path in found.values()} == before
