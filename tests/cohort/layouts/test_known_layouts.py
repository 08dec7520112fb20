"""Each platform's download is recognised, and each learner is graded as from a plain folder."""

from datetime import timedelta
from pathlib import PurePosixPath

import downloads
import pytest
from downloads import LAYOUTS, PEOPLE

from grader.cohort.download import open_download
from grader.cohort.intake import take_in
from grader.cohort.layouts import known_layouts
from grader.cohort.layouts.layout_names import LAYOUTS as LAYOUT_NAMES
from grader.errors import UsageError
from grader.submission.discovery import read_submission

BUILDERS = {**LAYOUTS, "moodle flat": downloads.moodle_flat, "moodle 4.1": None, "zips": downloads.zips}
# The layout that a download is recognised as, where it isn't the name of the builder.
READ_AS = {"moodle flat": "moodle", "moodle 4.1": "moodle", "zips": "folders"}
# What a download tells of a learner, which names the submission.
NUMBERED = {"moodle", "moodle flat", "moodle 4.1", "canvas"}
TIMED = {"gradescope", "nbgrader", "nbgrader-inbound"}
WITH_NAMES = {"moodle", "moodle flat", "moodle 4.1", "gradescope"}


def built(name, folder):
    if name == "moodle 4.1":
        downloads.moodle(folder, ending="")
    else:
        BUILDERS[name](folder)
    return folder


@pytest.fixture(params=[(name, zipped) for name in BUILDERS for zipped in (False, True)], ids=str)
def download(request, tmp_path):
    """A download of each layout, as a folder and as a zip file."""
    name, zipped = request.param
    folder = built(name, tmp_path / "download")
    return name, downloads.zipped(folder, tmp_path / "export.zip") if zipped else folder


@pytest.fixture
def intake(download, tmp_path):
    name, path = download
    return name, take_in(path, out=tmp_path / "out")


def key(name, person):
    return str(person.number) if name in NUMBERED else person.login


def test_the_layout_is_recognised(download):
    """Each download is recognised, packed or unpacked."""
    name, path = download
    layout, _ = known_layouts.choose(open_download(path, without=path / "out"), None)
    assert layout.name == READ_AS.get(name, name)


def test_each_name_is_its_layouts():
    """Each name in the list of layouts is the name of the layout that it leads to."""
    assert [known_layouts.named(name).name for name in LAYOUT_NAMES] == list(LAYOUT_NAMES)


def test_each_learner_is_there_once(intake):
    """Each learner has one submission, under the platform's number, login or address."""
    name, found = intake
    assert sorted(one.learner.id for one in found.entries) == sorted(key(name, one) for one in PEOPLE)


def test_texts_are_those_of_a_plain_folder(intake, course, tmp_path):
    """A learner's texts are the same as in a plain folder, so the verdict is the same, too."""
    name, found = intake
    downloads.plain(tmp_path / "plain")
    by_id = {one.learner.id: one for one in found.entries}
    for one in PEOPLE:
        text = by_id[key(name, one)].read(course, ())
        expected = read_submission(tmp_path / "plain" / one.login, course)
        assert (text.sha256, text.files) == (expected.sha256, expected.files)


def test_full_names_are_kept(intake):
    """A download that contains full names passes them on, with apostrophes, umlauts and Chinese characters."""
    name, found = intake
    names = {one.learner.name for one in found.entries}
    assert names == ({one.name for one in PEOPLE} if name in WITH_NAMES else names)
    if name == "canvas":
        assert {"lovelaceana", "obriensiobhán", "großmannjürgen", "王小明"} <= names


def test_times_are_kept(intake):
    """A download that contains times tells when each learner submitted; Canvas tells only who was late."""
    name, found = intake
    by_id = {one.learner.id: one for one in found.entries}
    arrived = {one.login: by_id[key(name, one)].arrived for one in PEOPLE}
    if name in TIMED:
        assert arrived["late"] - arrived["ana"] == timedelta(days=2)
    else:
        assert set(arrived.values()) == {None}
    late = {one.learner.id for one in found.entries if one.late}
    assert late == ({"5519"} if name == "canvas" else set())


def test_report_files_have_plain_unique_names(intake):
    """Each report file has a unique plain name."""
    _, found = intake
    slugs = [one.slug for one in found.entries]
    assert len({slug.casefold() for slug in slugs}) == len(slugs)
    assert all(slug.isascii() and slug.replace("/", "") == slug for slug in slugs)


def test_what_is_no_answer_is_left_out_with_its_reason(tmp_path):
    """Typed text and other files are left out, each with the reason."""
    found = take_in(built("moodle", tmp_path / "in"), out=tmp_path / "out")
    reasons = {one.path.split("/")[-1]: one.why for one in found.left_out}
    assert reasons == {
        "onlinetext.html": "text typed into Moodle, not an uploaded file",
        "notes.pdf": "not a .py, .ipynb or .zip file",
    }


def test_canvas_numbers_a_second_upload(tmp_path, course):
    """Of two uploads of one file to Canvas, the later one counts, under the name that the learner chose."""
    folder = tmp_path / "in"
    downloads.write(
        folder,
        {
            "lovelaceana_5513_90001_toeplitz_1d.py": downloads.answer(1),
            "lovelaceana_5513_90009_toeplitz_1d-1.py": downloads.answer(2),
            "lovelaceana_5513_90003_part-2.py": downloads.OTHER.format(value=3),
        },
    )
    found = take_in(folder, out=tmp_path / "out")
    (entry,) = found.entries
    files = {file.exercise: file.source for file in entry.read(course, ()).files}
    assert files["toeplitz_1d"].text == downloads.answer(2)
    assert files["toeplitz_1d"].filename == "toeplitz_1d.py"
    assert files["circulant"].filename == "part-2.py"
    assert [one.path for one in found.left_out] == ["lovelaceana_5513_90001_toeplitz_1d.py"]


def test_an_anonymous_canvas_download(tmp_path):
    """In an anonymous assignment, Canvas writes a code instead of the name and the number."""
    downloads.write(tmp_path / "in", {"anon_k3X9a_90001_toeplitz_1d.py": downloads.answer(1)})
    (entry,) = take_in(tmp_path / "in", out=tmp_path / "out").entries
    assert entry.learner.id == "k3X9a"


def test_each_member_of_a_group_gets_the_groups_files(tmp_path, course):
    """A Gradescope group has one folder; each submitter has a submission of the same files."""
    lines = "submission_1:\n  :submitters:\n  - :name: A\n    :sid: '7'\n  - :name: B\n    :sid: '8'\n"
    downloads.write(tmp_path / "in", {"submission_metadata.yml": lines})
    downloads.write(tmp_path / "in/submission_1", {"toeplitz_1d.py": downloads.answer(1)})
    found = take_in(tmp_path / "in", out=tmp_path / "out").entries
    assert [one.learner.id for one in found] == ["7", "8"]
    assert len({one.read(course, ()).sha256 for one in found}) == 1


def test_attempts_of_the_inbound_folder(tmp_path, course):
    """The last attempt counts, unless all are wanted."""
    folder = built("nbgrader-inbound", tmp_path / "in")
    last = take_in(folder, out=tmp_path / "out")
    every = take_in(folder, out=tmp_path / "out", every_attempt=True)
    assert len(last.entries) == len(PEOPLE)
    assert len(every.entries) == 2 * len(PEOPLE)
    assert {one.why for one in last.left_out} >= {"an earlier attempt"}
    ana = {one.back: one.read(course, ()).files[0].source.text for one in every.entries if one.unit == "ana"}
    assert ana == {0: downloads.answer(1), 1: "wrong = 1\n"}


def test_a_layout_that_is_named_is_used(tmp_path):
    """--layout overrules what the names look like."""
    folder = built("moodle", tmp_path / "in")
    found = take_in(folder, out=tmp_path / "out", layout="folders")
    assert len(found.entries) == 2 * len(PEOPLE)


@pytest.mark.parametrize(
    "names", [["group-1", "group-2"], ["ana-b", "ana-c"], ["submitted"], ["a_1_b", "a_2_b"]]
)
def test_plain_folders_stay_plain(tmp_path, names):
    """Folders whose names only resemble a platform's are plain folders."""
    for name in names:
        downloads.write(tmp_path / "in" / name, {"toeplitz_1d.py": downloads.answer(1)})
    found = take_in(tmp_path / "in", out=tmp_path / "out")
    assert found.layout.name == "folders"
    assert [one.name for one in found.entries] == names


def test_a_folder_named_submitted_may_be_plain(tmp_path):
    """A teacher may call the folder of all learners `submitted`."""
    downloads.plain(tmp_path / "submitted")
    found = take_in(tmp_path / "submitted", out=tmp_path / "out")
    assert found.layout.name == "folders"
    assert len(found.entries) == len(PEOPLE)


def test_an_archive_often_contains_one_folder(tmp_path):
    """A zip file of a folder contains that folder. Its entries are the learners."""
    downloads.plain(tmp_path / "all" / "class")
    path = downloads.zipped(tmp_path / "all", tmp_path / "class.zip")
    assert len(take_in(path, out=tmp_path / "out").entries) == len(PEOPLE)


def test_a_repository_is_no_learner_of_another_name(tmp_path):
    """A login may contain dashes. The assignment is what all clones share."""
    for login in ("ana", "ana-maria", "bo-b"):
        clone = tmp_path / "in" / f"week-1-{login}"
        downloads.write(clone, {"toeplitz_1d.py": downloads.answer(1), ".git/config": "[core]\n"})
    found = take_in(tmp_path / "in", out=tmp_path / "out")
    assert [one.learner.login for one in found.entries] == ["ana", "ana-maria", "bo-b"]
    assert found.layout.name == "github"


def test_a_mail_program_adds_txt(tmp_path, course):
    """`toeplitz_1d.py.txt` is read as `toeplitz_1d.py`."""
    downloads.write(tmp_path / "in", {"lovelaceana_5513_90001_toeplitz_1d.py.txt": downloads.answer(1)})
    (entry,) = take_in(tmp_path / "in", out=tmp_path / "out").entries
    assert [file.source.filename for file in entry.read(course, ()).files] == ["toeplitz_1d.py"]


def test_places_are_relative(tmp_path):
    """A layout never gives a file a place outside the learner's folder."""
    for name in BUILDERS:
        download = open_download(built(name, tmp_path / name), without=tmp_path / "out")
        layout, root = known_layouts.choose(download, None)
        for piece in layout.sort(download, root):
            place = getattr(piece, "place", PurePosixPath("a"))
            assert not place.is_absolute()
            assert ".." not in place.parts


def two_assignments(folder):
    for name, text in (("ps1", downloads.answer(1)), ("ps2", downloads.answer(2))):
        stamp = "2026-12-01 11:00:00 UTC" if name == "ps1" else "2026-12-05 11:00:00 CET"
        downloads.write(folder / "submitted/ana" / name, {"toeplitz_1d.py": text, "timestamp.txt": stamp})
    return folder


def test_one_of_several_assignments(tmp_path, course):
    """Of a tree with several assignments, one must be chosen: their files and times are different."""
    with pytest.raises(UsageError) as refused:
        take_in(two_assignments(tmp_path / "in"), out=tmp_path / "out")
    assert (refused.value.slug, refused.value.remedy) == ("several-assignments", "choose one: --only ps1")
    (entry,) = take_in(tmp_path / "in", out=tmp_path / "out", only="ps1").entries
    assert entry.arrived.day == 1
    assert entry.read(course, ()).files[0].source.text == downloads.answer(1)
    with pytest.raises(UsageError):
        take_in(tmp_path / "in", out=tmp_path / "out", only="ps3")


def test_a_zone_that_is_only_a_name_is_no_time(tmp_path):
    """CET can mean several zones, so the time isn't known."""
    (entry,) = take_in(two_assignments(tmp_path / "in"), out=tmp_path / "out", only="ps2").entries
    assert entry.arrived is None


@pytest.mark.parametrize(
    "metadata",
    [
        "submission_1: 7",
        "submission_1:\n  :submitters: 7",
        "submission_1:\n  :submitters:\n  - 7\n  - :name: [a, b]",
        "a: &a [x, x]\nb: &b [*a, *a]\nsubmission_1:\n  :submitters:\n  - :name: *b",
    ],
)
def test_metadata_of_another_form(tmp_path, metadata):
    """Submitters that nobody can be found from are left out, each with the reason."""
    downloads.write(tmp_path / "in", {"submission_metadata.yml": metadata + "\n"})
    downloads.write(tmp_path / "in/submission_1", {"toeplitz_1d.py": downloads.answer(1)})
    with pytest.raises(UsageError) as refused:
        take_in(tmp_path / "in", out=tmp_path / "out")
    assert "submission_metadata.yml" in refused.value.found


@pytest.mark.parametrize("metadata", ["", "- 1", "{", None])
def test_metadata_that_cannot_be_read(tmp_path, metadata):
    """Without the list of submitters, a Gradescope export can't be sorted, and the error says so."""
    downloads.write(tmp_path / "in/submission_1", {"toeplitz_1d.py": downloads.answer(1)})
    if metadata is not None:
        downloads.write(tmp_path / "in", {"submission_metadata.yml": metadata})
    with pytest.raises(UsageError) as refused:
        take_in(tmp_path / "in", out=tmp_path / "out", layout="gradescope")
    assert refused.value.slug == "layout-metadata"
