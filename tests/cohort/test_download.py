"""Reading a download is safe: no path, link, size or damaged zip file harms the teacher's machine."""

import io
import stat
import zipfile

import downloads
import pytest

from grader.cohort import download
from grader.cohort.download import FolderDownload, ZipDownload, open_download
from grader.cohort.intake import take_in
from grader.errors import GraderError, UsageError

ANSWER = downloads.answer(1)


def archive(path, entries):
    """Write a zip file. An entry is a name or a ZipInfo, and its text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in entries:
            file.writestr(name, text)
    return path


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    "name", ["../evil.py", "/etc/evil.py", "ada/../../evil.py", "C:/evil.py", "ada\\..\\..\\evil.py"]
)
def test_paths_stay_inside(tmp_path, name):
    """An entry whose path leads out is left out with its reason. The others are read."""
    path = archive(tmp_path / "in.zip", [(name, ANSWER), ("ada/toeplitz_1d.py", ANSWER)])
    found = take_in(path, out=tmp_path / "out")
    assert [one.name for one in found.entries] == ["ada"]
    assert [one.why for one in found.left_out] == ["its path leads out of the download"]


def test_links_are_left_out(tmp_path):
    """A link in a zip file or a folder may lead to another learner's files, so it is left out."""
    path = archive(tmp_path / "in.zip", [(link("bob/toeplitz_1d.py"), "/etc/passwd"), ("ada/a.py", ANSWER)])
    downloads.write(tmp_path / "dir/ada", {"a.py": ANSWER})
    (tmp_path / "dir/bob").symlink_to(tmp_path / "dir/ada")
    for found in (ZipDownload(path), FolderDownload(tmp_path / "dir")):
        assert [str(one.path) for one in found.members] == ["ada/a.py"]
        assert found.refused[0].why == "a link: it may lead to another learner's files"


def test_an_encrypted_file_is_left_out(tmp_path):
    """An encrypted file can't be read, so it is left out."""
    path = archive(tmp_path / "in.zip", [("ada/a.py", ANSWER), ("ada/b.py", ANSWER)])
    content = bytearray(path.read_bytes())
    # The flags of the first entry, in its local header and in the directory.
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(bytes(content))
    found = ZipDownload(path)
    assert [(one.path, one.why) for one in found.refused] == [("ada/a.py", "it is encrypted")]


def test_an_entry_that_occurs_twice(tmp_path):
    """Of two entries with one path, only the first is read."""
    with pytest.warns(UserWarning, match="Duplicate"):
        path = archive(tmp_path / "in.zip", [("ada/a.py", ANSWER), ("ada/a.py", "other")])
    found = ZipDownload(path)
    assert found.read(found.members[0], 10**6).decode() in {ANSWER, "other"}
    assert [one.why for one in found.refused] == ["its path occurs twice"]


def test_a_bomb_costs_only_itself(tmp_path, course):
    """A file that unpacks to a gigabyte is read only as far as the limit, and only its exercise suffers."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open("ada/toeplitz_1d.py", "w") as entry:
            for _ in range(256):
                entry.write(bytes(1 << 22))
        file.writestr("ada/circulant.py", downloads.OTHER.format(value=1))
    assert path.stat().st_size < 2 << 20
    (entry,) = take_in(path, out=tmp_path / "out").entries
    files = {file.exercise: file.trouble for file in entry.read(course, ()).files}
    assert files["circulant"] == ""
    assert "more than 256 KiB" in files["toeplitz_1d"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip file", b"PK\x05\x06" + bytes(18)])
def test_a_zip_file_that_is_none(tmp_path, content):
    """A damaged or empty zip file gets an error that says what was expected."""
    path = tmp_path / "in.zip"
    path.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        take_in(path, out=tmp_path / "out")
    assert refused.value.slug == "no-cohort"


def test_a_learners_damaged_zip_file_costs_only_that_learner(tmp_path, course):
    """A learner's damaged zip file is an error of this submission. It names no temporary folder."""
    downloads.zips(tmp_path / "in")
    (tmp_path / "in/ana.zip").write_bytes(b"no zip file")
    found = take_in(tmp_path / "in", out=tmp_path / "out")
    by_name = {one.name: one for one in found.entries}
    with pytest.raises(UsageError) as refused:
        by_name["ana.zip"].read(course, ())
    assert "tmp" not in refused.value.where.replace(str(tmp_path), "")
    assert by_name["wang.zip"].read(course, ()).files


def test_errors_name_the_submission_in_the_download(tmp_path, course):
    """An error about an unpacked submission names the download, not the temporary folder."""
    path = archive(tmp_path / "in.zip", [("ada/notes.py", "x = 1\n"), ("bob/toeplitz_1d.py", ANSWER)])
    ada, _ = take_in(path, out=tmp_path / "out").entries
    with pytest.raises(UsageError) as refused:
        ada.read(course, ())
    assert (refused.value.slug, refused.value.where) == ("empty-submission", "in.zip/ada")


def test_names_in_utf_8_without_a_flag(tmp_path):
    """Some programs write UTF-8 names without saying so."""
    # Written with a plain name of the same length, because Python would set the flag.
    path = archive(tmp_path / "in.zip", [("abc/a.py", ANSWER)])
    path.write_bytes(path.read_bytes().replace(b"abc/a.py", "王/a.py".encode()))
    assert [str(one.path) for one in ZipDownload(path).members] == ["王/a.py"]


def test_a_folder_of_installed_packages(tmp_path, monkeypatch):
    """Of a learner who submits thousands of files, only some are read. The others don't suffer."""
    monkeypatch.setattr(download, "MOST_MEMBERS", 5)
    downloads.write(tmp_path / "in/ada", {f"lib/m{number}.py": "x = 1\n" for number in range(9)})
    downloads.write(tmp_path / "in/bob", {"toeplitz_1d.py": ANSWER})
    found = FolderDownload(tmp_path / "in")
    assert sum(one.top == "ada" for one in found.members) == 5
    assert [one.path for one in found.refused] == ["ada"]
    assert any(one.top == "bob" for one in found.members)


def test_reports_among_the_submissions_are_no_submissions(tmp_path):
    """The folder of the reports may lie in the download."""
    downloads.moodle(tmp_path / "in")
    downloads.write(tmp_path / "in/out/reports", {"a.py": ANSWER})
    found = open_download(tmp_path / "in", without=tmp_path / "in/out")
    assert not any(one.top == "out" for one in found.members)


def test_a_file_where_a_folder_should_be(tmp_path, course):
    """A zip file may contain a file and a folder of the same name. That is an error of this submission."""
    path = archive(
        tmp_path / "in.zip", [("ada/a.py", ANSWER), ("ada/a.py/b.py", ANSWER), ("bob/c.py", ANSWER)]
    )
    ada, _ = take_in(path, out=tmp_path / "out").entries
    with pytest.raises(UsageError) as refused:
        ada.read(course, ())
    assert "same name" in refused.value.found


def inner(entries):
    """Return the bytes of a zip file that a learner uploads."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in entries:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            file.writestr(entry, text)
    return content.getvalue()


@pytest.mark.parametrize(
    "name", [".", "", "./.", "a" * 300 + ".py", "d/" * 2000 + "a.py", "x" * 5000 + ".py"]
)
def test_odd_names_in_a_learners_zip_file_cost_nobody_else(tmp_path, course, name):
    """An empty, deep or long name in a learner's zip file is left out. The others don't suffer."""
    good = {"toeplitz_1d.py": ANSWER}
    upload = inner([(name, ANSWER), *good.items()])
    path = archive(tmp_path / "in.zip", [("ada/up.zip", upload), ("bob/toeplitz_1d.py", ANSWER)])
    ada, bob = take_in(path, out=tmp_path / "out").entries
    assert ada.read(course, ()).sha256 == bob.read(course, ()).sha256


def test_a_deep_folder_is_left_out(tmp_path):
    """A learner's folder may be deeper than any path. It is left out from some depth on."""
    deep = tmp_path / "in/ada" / "/".join("d" * 60)
    downloads.write(deep, {"a.py": ANSWER})
    found = FolderDownload(tmp_path / "in")
    assert found.members == ()
    assert [one.why for one in found.refused] == ["its path is too long or too deep"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unpack_without_a_limit_are_refused(tmp_path, method):
    """Python can't unpack bzip2 and LZMA a little at a time, so such files are left out."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("ada/a.py", ANSWER)
    assert [one.why for one in ZipDownload(path).refused] == ["it is compressed in an unusual way"]


def test_two_zip_files_of_one_learner_do_not_replace_each_other(tmp_path, course):
    """If two uploads contain different files of the same name, a person must decide."""
    uploads = [
        (f"ada/up{number}.zip", inner([("toeplitz_1d.py", downloads.answer(number))])) for number in (1, 2)
    ]
    path = archive(tmp_path / "in.zip", uploads + [("bob/toeplitz_1d.py", ANSWER)])
    ada, _ = take_in(path, out=tmp_path / "out").entries
    with pytest.raises(UsageError) as refused:
        ada.read(course, ())
    assert refused.value.found == "`toeplitz_1d.py` is in `up1.zip` and different in `up2.zip`"


def test_what_is_refused_in_a_learners_zip_file_is_told(tmp_path, course):
    """If a learner's zip file contains nothing else, the error says what was left out and why."""
    path = archive(tmp_path / "in.zip", [("ada/up.zip", inner([("../a.py", ANSWER)])), ("bob/a.py", ANSWER)])
    ada, _ = take_in(path, out=tmp_path / "out").entries
    with pytest.raises(UsageError) as refused:
        ada.read(course, ())
    assert refused.value.found.endswith("left out: `../a.py` (its path leads out of the download)")


def test_control_characters_of_a_name_reach_no_terminal(tmp_path):
    """A learner's name is one line of printable characters."""
    path = archive(tmp_path / "in.zip", [("a\x1b[31mred_7_assignsubmission_file_/toeplitz_1d.py", ANSWER)])
    (entry,) = take_in(path, out=tmp_path / "out").entries
    assert entry.learner.name.isprintable()


def test_an_error_of_the_grader_costs_one_learner(tmp_path, course, monkeypatch):
    """Whatever goes wrong while one submission is read is an error of this submission."""
    path = archive(tmp_path / "in.zip", [("ada/toeplitz_1d.py", ANSWER), ("bob/a.py", ANSWER)])
    ada, _ = take_in(path, out=tmp_path / "out").entries
    monkeypatch.setattr("grader.cohort.staging.read_submission", lambda *_: {}[1])
    with pytest.raises(GraderError) as refused:
        ada.read(course, ())
    assert refused.value.slug == "internal"
