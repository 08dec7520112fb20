"""Small files in the learner's folder have a size limit, aren't read through links, and never fail."""

import errno
import os

import pytest

from grader.learner.state import state_files


def test_what_is_written_is_read(tmp_path):
    """A file reads back as it was written, and no other file is left behind."""
    state_files.write(tmp_path, "one.json", b"first")
    state_files.write(tmp_path, "one.json", b"second")
    assert state_files.read(tmp_path, "one.json") == b"second"
    assert os.listdir(tmp_path / ".grader") == ["one.json"]


def leave_nothing(place):
    place.unlink()


def make_a_folder(place):
    place.unlink()
    place.mkdir()


def make_a_pipe(place):
    place.unlink()
    os.mkfifo(place)


def make_a_link(place):
    place.rename(place.with_name("elsewhere"))
    place.symlink_to("elsewhere")


def make_it_huge(place):
    with place.open("wb") as file:
        file.truncate(state_files.MAX_BYTES + 1)


def link_the_folder(place):
    place.parent.rename(place.parent.with_name("elsewhere"))
    place.parent.symlink_to("elsewhere")


def make_the_folder_a_file(place):
    place.unlink()
    place.parent.rmdir()
    place.parent.write_text("")


@pytest.mark.parametrize(
    "damage",
    [
        leave_nothing,
        make_a_folder,
        make_a_pipe,
        make_a_link,
        make_it_huge,
        link_the_folder,
        make_the_folder_a_file,
    ],
)
def test_anything_else_than_a_file_is_nothing(tmp_path, damage):
    """Only a small regular file in a real folder is read, all else counts as empty; writing never fails."""
    state_files.write(tmp_path, "one.json", b"first")
    damage(tmp_path / ".grader/one.json")
    assert state_files.read(tmp_path, "one.json") == b""
    state_files.write(tmp_path, "one.json", b"second")


def test_a_pipe_is_not_read(tmp_path):
    """A pipe isn't read: its other end could send anything."""
    state_files.write(tmp_path, "one.json", b"first")
    place = tmp_path / ".grader/one.json"
    make_a_pipe(place)
    with open(os.open(place, os.O_RDWR | os.O_NONBLOCK), "wb", buffering=0) as pipe:
        pipe.write(b"from a stranger")
        assert state_files.read(tmp_path, "one.json") == b""


@pytest.mark.parametrize("damage", [make_a_link, link_the_folder])
def test_nothing_is_written_where_a_link_leads(tmp_path, damage):
    """The target of a link stays unchanged."""
    state_files.write(tmp_path, "one.json", b"first")
    damage(tmp_path / ".grader/one.json")
    state_files.write(tmp_path, "one.json", b"second")
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() == b"first"]
    assert [path.name for path in kept if not path.is_symlink()] in (["elsewhere"], ["one.json"])


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    """A full disk raises no error, leaves the old file unchanged, and leaves no other file."""
    state_files.write(tmp_path, "one.json", b"first")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    for write in (full, lambda descriptor, content: 3):
        monkeypatch.setattr(os, "write", write)
        state_files.write(tmp_path, "one.json", b"second")
        monkeypatch.undo()
        assert state_files.read(tmp_path, "one.json") == b"first"
        assert os.listdir(tmp_path / ".grader") == ["one.json"]


def test_a_folder_that_cannot_be_written(tmp_path):
    """In a folder without write permission, nothing is saved and nothing fails."""
    tmp_path.chmod(0o500)
    state_files.write(tmp_path, "one.json", b"first")
    tmp_path.chmod(0o700)
    if os.geteuid() != 0:
        assert state_files.read(tmp_path, "one.json") == b""
    assert state_files.read(tmp_path / "nowhere", "one.json") == b""


def test_what_is_too_large_is_not_written(tmp_path):
    """The size limit applies to reading and writing."""
    state_files.write(tmp_path, "one.json", b"x" * (state_files.MAX_BYTES + 1))
    assert state_files.read(tmp_path, "one.json") == b""
