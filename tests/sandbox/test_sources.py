"""Reading a submission: regular files only, as text, and nothing of it is run."""

import os

import pytest
from notebook_maker import made

from grader.errors import GraderError, UsageError
from grader.sandbox.files import MAX_SOURCE, read_text
from grader.sandbox.sources import answers, read_submission

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


def test_a_notebook_stands_in_place_of_a_file(tmp_path, course):
    """`toeplitz_1d.ipynb` answers as `toeplitz_1d.py` would, beside files of Python."""
    (tmp_path / "toeplitz_1d.ipynb").write_text(made("import torch", ANSWER))
    (tmp_path / "toeplitz_2d.py").write_text("")
    first, second = read_submission(tmp_path, course).files
    assert (first.exercise, first.filename, first.cells) == ("toeplitz_1d", "toeplitz_1d.ipynb", (1, 2))
    assert first.source == f"import torch\n{ANSWER}"
    assert (second.exercise, second.cells) == ("toeplitz_2d", ())
    assert read_submission(tmp_path, course, ["toeplitz_1d"]).files == (first,)


def test_two_answers_to_one_exercise(tmp_path, course):
    """A file and a notebook of one name are refused: nobody should guess which of them counts."""
    (tmp_path / "toeplitz_1d.ipynb").write_text(made(ANSWER))
    (tmp_path / "toeplitz_1d.py").write_text(ANSWER)
    assert slug(tmp_path, course) == "two-answers"
    assert slug(tmp_path, course, ["toeplitz_1d"]) == "two-answers"
    assert [one.filename for one in read_submission(tmp_path / "toeplitz_1d.py", course).files] == [
        "toeplitz_1d.py"
    ]


def test_one_notebook_answers_what_it_defines(tmp_path, course):
    """A notebook of any name answers each exercise of which it defines every function, in the course's order."""
    path = tmp_path / "homework.ipynb"
    path.write_text(made("def build_toeplitz_2d(kernel, height, width): pass", "x = (", ANSWER))
    assert [one.exercise for one in read_submission(path, course).files] == ["toeplitz_1d", "toeplitz_2d"]
    assert [one.exercise for one in read_submission(path, course, ["circulant"]).files] == ["circulant"]


def test_a_misspelt_definition_is_an_answer_all_the_same(tmp_path, course):
    """A typo in a cell or a file must not take its exercise out of what is judged."""
    path = tmp_path / "homework.ipynb"
    path.write_text(made(ANSWER, "def build_toeplitz_2d(kernel, height, width:\n    pass"))
    assert [one.exercise for one in read_submission(path, course).files] == ["toeplitz_1d", "toeplitz_2d"]
    (tmp_path / "ada.py").write_text(ANSWER.replace("):", ")"))
    assert [one.exercise for one in read_submission(tmp_path / "ada.py", course).files] == ["toeplitz_1d"]


def test_a_folder_may_hold_notebooks_of_any_name(tmp_path, course):
    """They answer what they define and what no file is named after; what a file adds takes nothing away."""
    (tmp_path / "homework.ipynb").write_text(made(ANSWER))
    (tmp_path / "notes.ipynb").write_text(made("x = 1"))
    (tmp_path / ".hidden.ipynb").write_text("")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    assert [one.filename for one in read_submission(tmp_path, course).files] == ["homework.ipynb"]
    (tmp_path / "toeplitz_2d.py").write_text("")
    assert [(one.exercise, one.filename) for one in read_submission(tmp_path, course).files] == [
        ("toeplitz_1d", "homework.ipynb"),
        ("toeplitz_2d", "toeplitz_2d.py"),
    ]
    assert [one.filename for one in read_submission(tmp_path, course, ["toeplitz_1d"]).files] == [
        "homework.ipynb"
    ]
    (tmp_path / "toeplitz_1d.py").write_text("")
    assert [one.filename for one in read_submission(tmp_path, course).files] == [
        "toeplitz_1d.py",
        "toeplitz_2d.py",
    ]
    assert slug(tmp_path, course, ["circulant"]) == "no-answer"


def test_two_notebooks_that_answer_one_exercise(tmp_path, course):
    """A copy beside the original is refused, unless the exercise has a file of its own name or isn't asked for."""
    for name in ("homework", "homework-Copy1"):
        (tmp_path / f"{name}.ipynb").write_text(made(ANSWER))
    assert slug(tmp_path, course) == "two-answers"
    (tmp_path / "toeplitz_2d.py").write_text("")
    assert [one.exercise for one in read_submission(tmp_path, course, ["toeplitz_2d"]).files] == [
        "toeplitz_2d"
    ]
    (tmp_path / "toeplitz_1d.py").write_text("")
    assert [one.filename for one in read_submission(tmp_path, course).files] == [
        "toeplitz_1d.py",
        "toeplitz_2d.py",
    ]


def test_a_notebook_that_answers_nothing(tmp_path, course):
    """What defines no exercise's functions is told so, also from its folder; what is no notebook as well."""
    path = tmp_path / "homework.ipynb"
    path.write_text(made("x = 1"))
    assert slug(path, course) == "unknown-answer"
    assert slug(tmp_path, course) == "empty-submission"
    path.write_text("{}")
    assert slug(path, course) == slug(tmp_path, course) == "not-a-notebook"


def test_outputs_and_metadata_change_no_digest(tmp_path, course):
    """Running a notebook, or tagging a cell, leaves its digest; its code, and where it is divided, don't."""

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
    """What can be read is there by exercise; what can't is left out, and nothing is raised."""
    assert answers(tmp_path / "nowhere", course) == {}
    (tmp_path / "homework.ipynb").write_text(made(ANSWER))
    assert list(answers(tmp_path, course)) == ["toeplitz_1d"]
    (tmp_path / "circulant.ipynb").write_text(made("x = 1"))
    (tmp_path / "toeplitz_2d.ipynb").write_text("{}")
    (tmp_path / "im2col.py").symlink_to("nowhere")
    assert {name: one.filename for name, one in answers(tmp_path, course).items()} == {
        "toeplitz_1d": "homework.ipynb",
        "circulant": "circulant.ipynb",
    }


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_name_that_is_no_text_can_be_written_down(tmp_path, course, kind):
    """Bytes that are no UTF-8, and commands to a terminal, become a sign in the names of a report."""
    place = tmp_path / os.fsdecode(b"caf\xe9\x1b\n" + (b".py" if kind == "file" else b""))
    if kind == "folder":
        place.mkdir()
    (place / "toeplitz_1d.py" if kind == "folder" else place).write_text(ANSWER)
    text = read_submission(place, course)
    ends = "" if kind == "folder" else ".py"
    assert text.name == f"{tmp_path}/caf\ufffd\ufffd\ufffd{ends}"
    assert text.files[0].filename == (f"caf\ufffd\ufffd\ufffd{ends}" if ends else "toeplitz_1d.py")
