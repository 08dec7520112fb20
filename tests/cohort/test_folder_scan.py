"""Scanning a folder: each submission counts once, has a harmless name, and is never read through a link."""

import os

import cohorts
import pytest

from grader.cohort.folder_scan import search
from grader.cohort.intake import take_in
from grader.errors import UsageError

HOSTILE = [
    b"new\nline",
    b"=1+1",
    b"-rf",
    b"a" * 255,
    b"caf\xe9",
    b"\xff" * 255,
    b"\x1b[31mred",
    b"<script>alert(1)<",
    b"::error::x",
    "rtl\u202egnp".encode(),
    "ünïcode".encode(),
    b"con.",
    b"a b",
    b"..a",
    b"'; DROP TABLE",
    b"%2e%2e%2f",
    b"report.json",
]


def found(folder, out=None):
    return search(folder, out=out or folder.parent / "out")


def test_each_entry_is_one_in_the_order_of_their_names(tmp_path):
    """Folders, Python files and notebooks are submissions; hidden files and archive leftovers aren't."""
    folder = tmp_path / "handed_in"
    for name in ("zoe", "__bob__", ".git", "__MACOSX", "__pycache__"):
        cohorts.submission(folder, name)
    for name in ("ada.py", "notes.ipynb", "list.txt", "kim.zip", ".hidden.py"):
        (folder / name).touch()
    listed = found(folder)
    assert [one.name for one in listed.entries] == ["__bob__", "ada.py", "notes.ipynb", "zoe"]
    assert listed.others == ["kim.zip", "list.txt"]


def test_hostile_names_become_plain_files_of_their_own(tmp_path):
    """Whatever a folder's name, its report file has a short, plain and unique name."""
    folder = tmp_path / "handed_in"
    for name in HOSTILE:
        cohorts.submission(folder, name if not name.startswith(b"..") else name[1:] + b"x")
    listed = found(folder).entries
    slugs = [one.slug for one in listed]
    assert len(listed) == len(HOSTILE) - sum(name.startswith(b"..") for name in HOSTILE)
    assert len({slug.casefold() for slug in slugs}) == len(slugs)
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-")
    assert all(set(slug) <= allowed and len(slug) < 120 and not slug.startswith(".") for slug in slugs)
    for one in listed:
        assert one.name.isprintable()
        one.name.encode()
        assert one.source.path.is_dir()


def test_names_that_differ_in_capitals_have_different_files(tmp_path):
    """`Ada` and `ada` are two learners, even on a case-insensitive disk."""
    folder = tmp_path / "handed_in"
    for name in ("Ada", "ada", "ADA"):
        cohorts.submission(folder, name)
    assert len({one.slug.casefold() for one in found(folder).entries}) == 3


def test_nobody_takes_the_file_of_another_ones_report(tmp_path):
    """If a folder has the name of another submission's report, its own report gets a different name."""
    folder = tmp_path / "handed_in"
    cohorts.submission(folder, "aé")
    (taken,) = (one.slug for one in found(folder).entries)
    cohorts.submission(folder, taken)
    cohorts.submission(folder, taken.upper())
    assert len({one.slug.casefold() for one in found(folder).entries}) == 3


def test_a_link_is_an_entry_that_is_not_read(tmp_path, course):
    """A link is listed but not read: its target may be another learner's file or a system file."""
    folder = tmp_path / "handed_in"
    cohorts.submission(folder, "ada")
    (folder / "bob").symlink_to("ada")
    (folder / "eve.py").symlink_to("/etc/passwd")
    (folder / "gone").symlink_to("nowhere")
    (folder / "into").mkdir()
    (folder / "into/toeplitz_1d.py").symlink_to("../ada/toeplitz_1d.py")
    refused = {}
    for one in found(folder).entries:
        try:
            for file in one.read(course, ()).files:
                refused |= {one.name: "trouble"} if file.trouble else {}
        except UsageError as error:
            refused[one.name] = error.slug
    linked = dict.fromkeys(("bob", "eve.py", "gone"), "linked-submission")
    assert refused == linked | {"into": "trouble"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path, course):
    """A named pipe in place of a submission is rejected at once."""
    folder = tmp_path / "handed_in"
    folder.mkdir()
    os.mkfifo(folder / "toeplitz_1d.py")
    (one,) = found(folder).entries
    with pytest.raises(UsageError, match="not a regular file"):
        one.read(course, ())


@pytest.mark.parametrize(
    "place", ["handed_in/out", "handed_in/deeply/within/out", "handed_in/../handed_in/out"]
)
def test_the_reports_are_no_submission(tmp_path, place):
    """Reports inside the folder are not graded, however their path is spelled."""
    folder = tmp_path / "handed_in"
    cohorts.submission(folder, "ada")
    (tmp_path / place).mkdir(parents=True)
    listed = found(folder, tmp_path / place)
    assert [one.name for one in listed.entries] == ["ada"]
    assert listed.others == []


def test_the_reports_need_a_folder_of_their_own(tmp_path):
    """Reports can't be written among the submissions: the next run would grade them."""
    cohorts.submission(tmp_path, "ada")
    with pytest.raises(UsageError) as refused:
        found(tmp_path, tmp_path / "." / "ada" / "..")
    assert refused.value.slug == "reports-among-submissions"


@pytest.mark.parametrize("kind", ["nowhere", "file", "empty", "texts"])
def test_a_folder_without_submissions_is_refused(tmp_path, kind):
    """A folder without submissions is a usage error that explains what a cohort is."""
    folder = tmp_path / kind
    if kind == "file":
        folder.write_text("", encoding="utf-8")
    elif kind != "nowhere":
        folder.mkdir()
        (folder / ("a.txt" if kind == "texts" else ".hidden")).touch()
    with pytest.raises(UsageError) as refused:
        take_in(folder, out=tmp_path / "out")
    assert refused.value.slug == "no-cohort"
