"""Reading a submission takes only regular files, as text, and runs nothing."""

import dataclasses
import os

import pytest
from msgspec import structs
from notebook_maker import made

from grader.errors import GraderError, UsageError
from grader.submission.discovery import answers, read_submission
from grader.submission.files import MAX_SOURCE, read_text

NO_EXERCISE = "not named after an exercise, and it defines no exercise's functions"
ANSWER = "def build_toeplitz_1d(kernel, n):\n    return kernel\n"


def slug(path, course, wanted=()):
    with pytest.raises(GraderError) as caught:
        read_submission(path, course, wanted)
    return caught.value.slug


def trouble(folder, course, wanted=()):
    """Return why a folder's only answer can't be graded."""
    (file,) = read_submission(folder, course, wanted).files
    assert (file.source.text, file.handed_in) == ("", True)
    return file.trouble


def test_a_folder_holds_a_file_for_each_exercise(tmp_path, course):
    """Files named after exercises are used, in the course's order; other files are ignored."""
    for name in ("toeplitz_2d.py", "toeplitz_1d.py", "notes.py", "conftest.py"):
        (tmp_path / name).write_text(ANSWER)
    assert [file.exercise for file in read_submission(tmp_path, course).files] == [
        "toeplitz_1d",
        "toeplitz_2d",
    ]


def test_a_file_is_taken_for_the_exercise_it_is_named_after(tmp_path, course):
    """A file answers the exercise that it is named after."""
    path = tmp_path / "toeplitz_1d.py"
    path.write_text("")
    assert [file.exercise for file in read_submission(path, course).files] == ["toeplitz_1d"]


def test_a_file_is_taken_for_the_exercise_that_was_named(tmp_path, course):
    """--exercise takes precedence over the file's name."""
    path = tmp_path / "ada.py"
    path.write_text("")
    assert [file.exercise for file in read_submission(path, course, ["toeplitz_2d"]).files] == ["toeplitz_2d"]


def test_a_file_is_taken_for_what_it_defines(tmp_path, course):
    """A file with another name answers every exercise whose functions it defines."""
    path = tmp_path / "ada.py"
    path.write_text(ANSWER)
    assert [file.exercise for file in read_submission(path, course).files] == ["toeplitz_1d"]


def test_nothing_there(tmp_path, course):
    """A missing path, an empty folder and a folder without the named exercise have different errors."""
    assert slug(tmp_path / "nobody", course) == "no-submission"
    assert slug(tmp_path, course) == "empty-submission"
    assert slug(tmp_path, course, ["toeplitz_1d"]) == "no-answer"
    (tmp_path / "notes.txt").write_text("")
    assert slug(tmp_path / "notes.txt", course) == "not-python"
    (tmp_path / "ada.py").write_text("x = 1")
    assert slug(tmp_path / "ada.py", course) == "unknown-answer"


def test_a_typo_in_an_exercise(tmp_path, course):
    """An unknown exercise is a usage error with a suggestion."""
    with pytest.raises(UsageError, match="this course has no exercise") as caught:
        read_submission(tmp_path, course, ["toeplitz_1"])
    assert caught.value.remedy == "did you mean `toeplitz_1d`?"


def test_a_link_is_not_followed(tmp_path, course):
    """A symbolic link is refused, even if it has no target."""
    for leads_to in ("/etc/passwd", "nowhere"):
        (tmp_path / "toeplitz_1d.py").symlink_to(leads_to)
        assert "a symbolic link" in trouble(tmp_path, course)
        assert slug(tmp_path / "toeplitz_1d.py", course) in {"unreadable-submission", "no-submission"}
        (tmp_path / "toeplitz_1d.py").unlink()


def test_a_pipe_does_not_hang(tmp_path, course):
    """A FIFO is refused at once."""
    os.mkfifo(tmp_path / "toeplitz_1d.py")
    assert "not a regular file" in trouble(tmp_path, course)


def test_a_folder_in_place_of_a_file(tmp_path, course):
    """A folder named like an answer is refused."""
    (tmp_path / "toeplitz_1d.py").mkdir()
    assert "not a regular file" in trouble(tmp_path, course)


def test_a_file_that_is_too_large(tmp_path, course):
    """More than 256 KiB of source is refused."""
    (tmp_path / "toeplitz_1d.py").write_text("#" * (MAX_SOURCE + 1))
    assert "more than 256 KiB" in trouble(tmp_path, course)
    assert slug(tmp_path / "toeplitz_1d.py", course) == "unreadable-submission"


def test_bytes_that_are_no_text(tmp_path, course):
    """Text that isn't UTF-8 is refused, and the error gives the position and a remedy."""
    (tmp_path / "toeplitz_1d.py").write_bytes(b"x = '\xff'\n")
    assert "a byte that is not UTF-8 (at 5); save it as UTF-8" in trouble(tmp_path, course)
    (tmp_path / "toeplitz_1d.py").write_bytes(b"x = 1\n# also\n# here: \xff\n")
    assert "(at 21); save it as UTF-8" in trouble(tmp_path, course)
    (tmp_path / "toeplitz_1d.py").write_bytes("x = 1\n".encode("utf-16"))
    assert "text in UTF-16; save it as UTF-8" in trouble(tmp_path, course)
    (tmp_path / "toeplitz_1d.py").write_bytes(b"# coding: klingon\n")
    assert "an encoding that Python doesn't know; save it" in trouble(tmp_path, course)


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "utf-7", "unicode_escape", "raw_unicode_escape", "undefined"]
)
def test_an_encoding_of_no_character_set(tmp_path, course, name):
    """Python codecs that aren't character sets, or take minutes to decode, are refused."""
    (tmp_path / "toeplitz_1d.py").write_bytes(f"# coding: {name}\n".encode() + b"a-" + b"z9" * 100_000)
    assert f"text in `{name.replace('_', '-')}`, which is not a character set" in trouble(
        tmp_path, course
    ).replace("_", "-")


def test_an_encoding_that_is_declared(tmp_path, course):
    """A file may declare its encoding in its first two lines, as Python allows."""
    text = "# -*- coding: latin-1 -*-\nname = 'caf\xe9'\n"
    (tmp_path / "toeplitz_1d.py").write_bytes(text.encode("latin-1"))
    (file,) = read_submission(tmp_path, course).files
    assert (file.source.text, file.trouble) == (text, "")


def test_one_file_that_cannot_be_read_costs_no_other(tmp_path, course):
    """An unreadable file is reported with the reason, and the other files in its folder are graded."""
    (tmp_path / "toeplitz_1d.py").write_bytes(b"\xff")
    (tmp_path / "toeplitz_2d.py").write_text("x = 1\n")
    first, second = read_submission(tmp_path, course).files
    assert (first.exercise, second.exercise) == ("toeplitz_1d", "toeplitz_2d")
    assert first.trouble
    assert (second.source.text, second.trouble) == ("x = 1\n", "")
    assert list(answers(tmp_path, course)) == ["toeplitz_2d"]


def test_what_was_asked_for_and_is_missing(tmp_path, course):
    """All requested exercises are graded. A missing one is reported and doesn't affect the others."""
    (tmp_path / "toeplitz_1d.py").write_text(ANSWER)
    there, missing = read_submission(tmp_path, course, ["toeplitz_1d", "circulant"]).files
    assert (there.trouble, there.handed_in) == ("", True)
    assert missing.trouble == "not handed in: there is no `circulant.py` or `circulant.ipynb`"
    assert not missing.handed_in
    # A course may set which exercises its learners answer; a single file is judged all the same.
    asks = structs.replace(course.settings, assignment=("circulant", "toeplitz_1d"))
    asking = dataclasses.replace(course, settings=asks)
    found = read_submission(tmp_path, asking).files
    assert [(one.exercise, one.handed_in) for one in found] == [("circulant", False), ("toeplitz_1d", True)]
    assert len(read_submission(tmp_path / "toeplitz_1d.py", asking).files) == 1


@pytest.mark.parametrize(
    "name",
    ["toeplitz_1d (1).py", "Toeplitz_1D.py", "toeplitz-1d.py", "toeplitz 1d.py", "toeplitz_1d - Copy.py"],
)
def test_a_name_that_is_nearly_right(name, tmp_path, course):
    """Capitals in a name, or changes made by browsers and file managers, don't prevent grading."""
    (tmp_path / name).write_text("x = 1\n")
    (file,) = read_submission(tmp_path, course).files
    assert (file.exercise, file.source.filename) == ("toeplitz_1d", name)
    assert read_submission(tmp_path / name, course).files == (file,)
    (tmp_path / "toeplitz_1d.py").write_text("x = 2\n")
    text = read_submission(tmp_path, course)
    assert [one.source.text for one in text.files] == ["x = 2\n"]
    assert text.unread == (f"`{name}` (`toeplitz_1d.py` is the answer to toeplitz_1d)",)


def test_a_file_of_any_name_answers_what_it_defines(tmp_path, course):
    """A file in a folder also answers each exercise whose functions it defines.

    A file that answers no exercise is reported with the reason.
    """
    (tmp_path / "homework.py").write_text(ANSWER)
    (tmp_path / "topelitz_2d.py").write_text("")
    (tmp_path / "odd.py").write_bytes(b"\xff")
    text = read_submission(tmp_path, course)
    assert [(one.exercise, one.source.filename) for one in text.files] == [("toeplitz_1d", "homework.py")]
    assert text.unread == (
        "`odd.py` (a byte that is not UTF-8 (at 0))",
        f"`topelitz_2d.py` ({NO_EXERCISE}; did you mean `toeplitz_2d.py`?)",
    )
    (tmp_path / "copy of homework.py").write_text(ANSWER)
    assert "both `copy of homework.py` and `homework.py` answer" in trouble(tmp_path, course)
    assert slug(tmp_path, course, ["circulant"]) == "no-answer"


@pytest.mark.parametrize("inside", ["homework", "week 1/kim", "submissions/me"])
def test_a_lone_folder_is_looked_into(inside, tmp_path, course):
    """A submission is also found in a lone subfolder, or in a whole course's learner folder."""
    (tmp_path / inside).mkdir(parents=True)
    (tmp_path / inside / "toeplitz_1d.py").write_text(ANSWER)
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "notes.txt").write_text("")
    if inside.startswith("submissions"):
        (tmp_path / "exercises").mkdir()
    text = read_submission(tmp_path, course)
    assert [one.exercise for one in text.files] == ["toeplitz_1d"]
    assert text.name == str(tmp_path)


def test_folders_that_are_links_are_not_looked_into(tmp_path, course):
    """A link to a folder isn't followed, because its target may belong to another learner."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "toeplitz_1d.py").write_text(ANSWER)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "homework").symlink_to(other)
    assert slug(mine, course) == "empty-submission"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read(tmp_path, course):
    """An unreadable folder is reported as unreadable, not as empty."""
    tmp_path.chmod(0)
    assert slug(tmp_path, course) == "unreadable-folder"
    tmp_path.chmod(0o700)


def test_line_ends_and_byte_order_marks(tmp_path):
    """Windows line endings and a byte order mark are removed before compiling."""
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfx = 1\r\ny = 2\r")
    assert read_text(path) == "x = 1\ny = 2\n"


def test_the_digest_is_of_the_texts(tmp_path, course):
    """Equal texts have equal digests, wherever their files are."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "toeplitz_1d.py").write_text(ANSWER)
    assert read_submission(one, course).sha256 == read_submission(other, course).sha256
    (other / "toeplitz_1d.py").write_text(ANSWER + "\n")
    assert read_submission(one, course).sha256 != read_submission(other, course).sha256


def test_a_notebook_stands_in_place_of_a_file(tmp_path, course):
    """`toeplitz_1d.ipynb` counts as an answer like `toeplitz_1d.py`, even next to Python files."""
    (tmp_path / "toeplitz_1d.ipynb").write_text(made("import torch", ANSWER))
    (tmp_path / "toeplitz_2d.py").write_text("")
    first, second = read_submission(tmp_path, course).files
    assert (first.exercise, first.source.filename, first.source.starts) == (
        "toeplitz_1d",
        "toeplitz_1d.ipynb",
        (1, 2),
    )
    assert first.source.text == f"import torch\n{ANSWER}"
    assert (second.exercise, second.source.starts) == ("toeplitz_2d", ())
    assert read_submission(tmp_path, course, ["toeplitz_1d"]).files == (first,)


def test_two_answers_to_one_exercise(tmp_path, course):
    """If a file and a notebook have the same name, both are refused, because the grader doesn't guess."""
    (tmp_path / "toeplitz_1d.ipynb").write_text(made(ANSWER))
    (tmp_path / "toeplitz_1d.py").write_text(ANSWER)
    assert "both `toeplitz_1d.py` and `toeplitz_1d.ipynb` answer" in trouble(tmp_path, course)
    assert "both" in trouble(tmp_path, course, ["toeplitz_1d"])
    assert [one.source.filename for one in read_submission(tmp_path / "toeplitz_1d.py", course).files] == [
        "toeplitz_1d.py"
    ]


def test_one_notebook_answers_what_it_defines(tmp_path, course):
    """A notebook with any name answers each exercise for which it defines all functions.

    The answers are in the course's order.
    """
    path = tmp_path / "homework.ipynb"
    path.write_text(made("def build_toeplitz_2d(kernel, height, width): pass", "x = (", ANSWER))
    assert [one.exercise for one in read_submission(path, course).files] == ["toeplitz_1d", "toeplitz_2d"]
    assert [one.exercise for one in read_submission(path, course, ["circulant"]).files] == ["circulant"]


def test_a_misspelt_definition_is_an_answer_all_the_same(tmp_path, course):
    """A typo in a cell or a file doesn't keep its exercise from being graded."""
    path = tmp_path / "homework.ipynb"
    path.write_text(made(ANSWER, "def build_toeplitz_2d(kernel, height, width:\n    pass"))
    assert [one.exercise for one in read_submission(path, course).files] == ["toeplitz_1d", "toeplitz_2d"]
    (tmp_path / "ada.py").write_text(ANSWER.replace("):", ")"))
    assert [one.exercise for one in read_submission(tmp_path / "ada.py", course).files] == ["toeplitz_1d"]


def test_a_folder_may_hold_notebooks_of_any_name(tmp_path, course):
    """A notebook answers the exercises it defines, unless a file is named after the exercise.

    Other files in the folder don't change this.
    """
    (tmp_path / "homework.ipynb").write_text(made(ANSWER))
    (tmp_path / "notes.ipynb").write_text(made("x = 1"))
    (tmp_path / ".hidden.ipynb").write_text("")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    assert [one.source.filename for one in read_submission(tmp_path, course).files] == ["homework.ipynb"]
    (tmp_path / "toeplitz_2d.py").write_text("")
    assert [(one.exercise, one.source.filename) for one in read_submission(tmp_path, course).files] == [
        ("toeplitz_1d", "homework.ipynb"),
        ("toeplitz_2d", "toeplitz_2d.py"),
    ]
    assert [one.source.filename for one in read_submission(tmp_path, course, ["toeplitz_1d"]).files] == [
        "homework.ipynb"
    ]
    (tmp_path / "toeplitz_1d.py").write_text("")
    assert [one.source.filename for one in read_submission(tmp_path, course).files] == [
        "toeplitz_1d.py",
        "toeplitz_2d.py",
    ]
    assert slug(tmp_path, course, ["circulant"]) == "no-answer"


def test_two_notebooks_that_answer_one_exercise(tmp_path, course):
    """Two notebooks for the same exercise are refused.

    They are accepted if a file is named after the exercise, or if the exercise isn't requested.
    """
    for name in ("homework", "homework-Copy1"):
        (tmp_path / f"{name}.ipynb").write_text(made(ANSWER))
    assert "both `homework-Copy1.ipynb` and `homework.ipynb` answer" in trouble(tmp_path, course)
    (tmp_path / "toeplitz_2d.py").write_text("")
    assert [one.exercise for one in read_submission(tmp_path, course, ["toeplitz_2d"]).files] == [
        "toeplitz_2d"
    ]
    (tmp_path / "toeplitz_1d.py").write_text("")
    assert [one.source.filename for one in read_submission(tmp_path, course).files] == [
        "toeplitz_1d.py",
        "toeplitz_2d.py",
    ]


def test_a_notebook_that_answers_nothing(tmp_path, course):
    """A file is reported if it isn't a notebook or answers no exercise, even in a folder."""
    path = tmp_path / "homework.ipynb"
    path.write_text(made("x = 1"))
    assert slug(path, course) == "unknown-answer"
    assert slug(tmp_path, course) == "empty-submission"
    path.write_text("{}")
    assert slug(path, course) == "not-a-notebook"
    with pytest.raises(UsageError, match=r"there is `homework.ipynb` \(JSON that is not a notebook"):
        read_submission(tmp_path, course)


def test_outputs_and_metadata_change_no_digest(tmp_path, course):
    """A notebook's digest changes with its code or its division into cells.

    It doesn't change if the notebook is run or a cell is tagged.
    """

    def digest(content):
        path = tmp_path / "toeplitz_1d.ipynb"
        path.write_text(content)
        return read_submission(path, course).sha256

    plain = digest(made("x = 1\n", ANSWER))
    ran = made("x = 1\n", ANSWER).replace(
        '"outputs": []', '"outputs": [{"output_type": "stream", "text": "1"}]'
    )
    assert digest(ran.replace('"execution_count": null', '"execution_count": 7')) == plain
    assert digest(made("x = 1\n", ANSWER, metadata={"kernelspec": {"name": "julia"}})) == plain
    assert digest(made("x = 1\n", {"cell_type": "markdown", "source": "prose"}, ANSWER)) == plain
    assert digest(made("x = 2\n", ANSWER)) != plain
    assert digest(made("x = 1\n" + "\n" + ANSWER)) != plain


def test_what_a_folder_answers_so_far(tmp_path, course):
    """Readable answers are returned by exercise; unreadable ones are skipped without an error."""
    assert answers(tmp_path / "nowhere", course) == {}
    (tmp_path / "homework.ipynb").write_text(made(ANSWER))
    assert list(answers(tmp_path, course)) == ["toeplitz_1d"]
    (tmp_path / "circulant.ipynb").write_text(made("x = 1"))
    (tmp_path / "toeplitz_2d.ipynb").write_text("{}")
    (tmp_path / "im2col.py").symlink_to("nowhere")
    assert {name: one.source.filename for name, one in answers(tmp_path, course).items()} == {
        "toeplitz_1d": "homework.ipynb",
        "circulant": "circulant.ipynb",
    }


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_name_that_is_no_text_can_be_written_down(tmp_path, course, kind):
    """Invalid UTF-8 and terminal control codes become replacement characters in a report's names."""
    place = tmp_path / os.fsdecode(b"caf\xe9\x1b\n" + (b".py" if kind == "file" else b""))
    if kind == "folder":
        place.mkdir()
    (place / "toeplitz_1d.py" if kind == "folder" else place).write_text(ANSWER)
    text = read_submission(place, course)
    ends = "" if kind == "folder" else ".py"
    assert text.name == f"{tmp_path}/caf\ufffd\ufffd\ufffd{ends}"
    assert text.files[0].source.filename == (f"caf\ufffd\ufffd\ufffd{ends}" if ends else "toeplitz_1d.py")
