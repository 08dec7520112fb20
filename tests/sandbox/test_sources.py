"""Reading a submission: regular files only, as text, and nothing of it is run."""

import os

import pytest

from grader.errors import GraderError, UsageError
from grader.sandbox.files import MAX_SOURCE, read_text
from grader.sandbox.sources import read_submission

ANSWER = "def build_toeplitz_1d(kernel, n):\n    return kernel\n"


def slug(path, course, wanted=()):
    with pytest.raises(GraderError) as caught:
        read_submission(path, course, wanted)
    return caught.value.slug


def test_a_folder_holds_a_file_for_each_exercise(tmp_path, course):
    """Files named after exercises are taken, in the course's order; others are left."""
    for name in ("toeplitz_2d.py", "toeplitz_1d.py", "notes.py", "conftest.py"):
        (tmp_path / name).write_text(ANSWER)
    assert [file.exercise for file in read_submission(tmp_path, course).files] == [
        "toeplitz_1d",
        "toeplitz_2d",
    ]


def test_a_file_is_taken_for_the_exercise_it_is_named_after(tmp_path, course):
    """toeplitz_1d.py answers toeplitz_1d."""
    path = tmp_path / "toeplitz_1d.py"
    path.write_text("")
    assert [file.exercise for file in read_submission(path, course).files] == ["toeplitz_1d"]


def test_a_file_is_taken_for_the_exercise_that_was_named(tmp_path, course):
    """--exercise decides, whatever the file is called."""
    path = tmp_path / "ada.py"
    path.write_text("")
    assert [file.exercise for file in read_submission(path, course, ["toeplitz_2d"]).files] == ["toeplitz_2d"]


def test_a_file_is_taken_for_what_it_defines(tmp_path, course):
    """A file with another name answers every exercise whose functions it defines."""
    path = tmp_path / "ada.py"
    path.write_text(ANSWER)
    assert [file.exercise for file in read_submission(path, course).files] == ["toeplitz_1d"]


def test_nothing_there(tmp_path, course):
    """A missing path, an empty folder and a folder without the named exercise are told apart."""
    assert slug(tmp_path / "nobody", course) == "no-submission"
    assert slug(tmp_path, course) == "empty-submission"
    assert slug(tmp_path, course, ["toeplitz_1d"]) == "no-answer"
    (tmp_path / "notes.txt").write_text("")
    assert slug(tmp_path / "notes.txt", course) == "not-python"
    (tmp_path / "ada.py").write_text("x = 1")
    assert slug(tmp_path / "ada.py", course) == "unknown-answer"


def test_a_typo_in_an_exercise(tmp_path, course):
    """An unknown exercise is a usage error with a suggestion."""
    with pytest.raises(UsageError, match="no exercise of this course") as caught:
        read_submission(tmp_path, course, ["toeplitz_1"])
    assert caught.value.remedy == "did you mean `toeplitz_1d`?"


def test_a_link_is_not_followed(tmp_path, course):
    """A symbolic link, also one that leads nowhere, is refused."""
    (tmp_path / "toeplitz_1d.py").symlink_to("/etc/passwd")
    assert slug(tmp_path, course) == "unreadable-submission"
    (tmp_path / "toeplitz_1d.py").unlink()
    (tmp_path / "toeplitz_1d.py").symlink_to("nowhere")
    assert slug(tmp_path, course) == "unreadable-submission"


def test_a_pipe_does_not_hang(tmp_path, course):
    """A FIFO is refused at once."""
    os.mkfifo(tmp_path / "toeplitz_1d.py")
    assert slug(tmp_path, course) == "unreadable-submission"


def test_a_folder_in_place_of_a_file(tmp_path, course):
    """A folder named like an answer is refused."""
    (tmp_path / "toeplitz_1d.py").mkdir()
    assert slug(tmp_path, course) == "unreadable-submission"


def test_a_file_that_is_too_large(tmp_path, course):
    """More than 256 KiB of source is refused."""
    (tmp_path / "toeplitz_1d.py").write_text("#" * (MAX_SOURCE + 1))
    assert slug(tmp_path, course) == "unreadable-submission"


def test_bytes_that_are_no_text(tmp_path, course):
    """What is not UTF-8 is refused with its place."""
    (tmp_path / "toeplitz_1d.py").write_bytes(b"x = '\xff'\n")
    with pytest.raises(UsageError, match="at 5"):
        read_submission(tmp_path, course)


def test_line_ends_and_byte_order_marks(tmp_path):
    """Windows' line ends and a byte order mark don't reach the compiler."""
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfx = 1\r\ny = 2\r")
    assert read_text(path) == "x = 1\ny = 2\n"


def test_the_digest_is_of_the_texts(tmp_path, course):
    """Equal texts have equal digests wherever they lie."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "toeplitz_1d.py").write_text(ANSWER)
    assert read_submission(one, course).sha256 == read_submission(other, course).sha256
    (other / "toeplitz_1d.py").write_text(ANSWER + "\n")
    assert read_submission(one, course).sha256 != read_submission(other, course).sha256
