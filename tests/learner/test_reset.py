"""`grade reset`: the stub is back, and nothing that the learner wrote is lost."""

import pytest


@pytest.fixture
def mine(own_course):
    """The learner's folder in a copy of the course, with one answer."""
    folder = own_course / "submissions/me"
    (folder / "toeplitz_1d.py").write_text("mine = 1\n", encoding="utf-8")
    return folder


def test_the_old_file_is_kept(run_grade, own_course, mine):
    """The stub replaces the answer, and the answer is moved to `.grader/kept`, each time under a new name."""
    stub = (own_course / "exercises/toeplitz_1d/toeplitz_1d.py").read_text(encoding="utf-8")
    for number in (1, 2):
        done = run_grade("reset", "toeplitz_1d", "--course", own_course)
        assert done.returncode == 0
        assert f"kept/toeplitz_1d-{number}.py" in done.stdout
        assert (mine / "toeplitz_1d.py").read_text(encoding="utf-8") == stub
    kept = mine / ".grader/kept"
    assert (kept / "toeplitz_1d-1.py").read_text(encoding="utf-8") == "mine = 1\n"


def test_a_notebook_makes_room_for_the_stub(run_grade, own_course, mine):
    """A notebook is moved aside, too."""
    (mine / "toeplitz_1d.py").unlink()
    run_grade("start", "toeplitz_1d", "--notebook", "--course", own_course)
    assert run_grade("reset", "toeplitz_1d", "--course", own_course).returncode == 0
    assert not (mine / "toeplitz_1d.ipynb").exists()
    assert (mine / ".grader/kept/toeplitz_1d-1.ipynb").exists()


def test_nothing_to_reset(run_grade, own_course):
    """Without an answer, the error tells how to start."""
    done = run_grade("reset", "circulant", "--course", own_course)
    assert done.returncode == 2
    assert "grade start circulant" in done.stderr


def test_a_folder_that_cannot_be_written(run_grade, own_course, mine):
    """If the file can't be moved, it stays where it is."""
    (mine / ".grader").mkdir(exist_ok=True)
    (mine / ".grader/kept").write_text("", encoding="utf-8")
    done = run_grade("reset", "toeplitz_1d", "--course", own_course)
    assert done.returncode == 2
    assert (mine / "toeplitz_1d.py").read_text(encoding="utf-8") == "mine = 1\n"
