"""A valid course is read, and each mistake in a course is reported with its location."""

import pytest

from grader.course import find_course, load_course
from grader.errors import GraderError, UsageError

TOML = 'format = 1\ntitle = "T"\nchapter = 1\nminutes = 1\ndifficulty = 1\n'


@pytest.fixture
def small(tmp_path):
    """A course with one exercise, `one`."""
    (tmp_path / "pyproject.toml").write_text('[tool.grader]\ntitle = "Small"\n')
    add(tmp_path, "one")
    return tmp_path


def settings(root, line):
    (root / "pyproject.toml").write_text(f'[tool.grader]\ntitle = "Small"\n{line}\n')


def add(root, name, toml=TOML):
    folder = root / "exercises" / name
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text(toml)
    (folder / f"{name}.py").write_text("def answer(x: Tensor, n: int = 2) -> Tensor:\n    ...\n")
    (folder / "README.md").write_text(
        "# T\n\n## Hints\n\n1. Mild.\n2. Less\n   mild.\n\n## Sources\n\n1. A book.\n"
    )


def test_a_course_is_found_from_below(small):
    """The course is the nearest enclosing folder whose pyproject.toml has [tool.grader]."""
    assert find_course(small / "exercises" / "one").settings.title == "Small"


def test_no_course(tmp_path):
    """Outside a course, the error lists the searched folders."""
    with pytest.raises(UsageError) as caught:
        find_course(tmp_path)
    assert caught.value.slug == "no-course"
    assert str(tmp_path) in caught.value.where


def test_a_folder_without_the_table(tmp_path):
    """A named folder that isn't a course is refused."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    with pytest.raises(UsageError, match="no table"):
        load_course(tmp_path)


def test_a_named_folder_without_a_pyproject(tmp_path):
    """A named folder without a pyproject.toml is refused."""
    with pytest.raises(UsageError) as caught:
        load_course(tmp_path / "nowhere")
    assert caught.value.slug == "course-settings"


def test_a_typo_in_the_settings(small):
    """If [tool.grader] has an unknown key, the error names it."""
    (small / "pyproject.toml").write_text("[tool.grader]\ntitel = 'x'\n")
    with pytest.raises(GraderError, match="titel"):
        load_course(small)


def test_no_exercises_folder(tmp_path):
    """If a course has no exercises folder, the error reports that."""
    (tmp_path / "pyproject.toml").write_text("[tool.grader]\n")
    with pytest.raises(GraderError) as caught:
        load_course(tmp_path)
    assert caught.value.slug == "no-exercises"


@pytest.mark.parametrize(
    ("toml", "word"),
    [
        (TOML.replace("chapter", "capter"), "capter"),
        (TOML.replace("minutes = 1", 'minutes = "many"'), "minutes"),
        (TOML.replace("format = 1", "format = 2"), "format"),
        ("format = ", "Invalid value"),
    ],
)
def test_a_wrong_exercise_toml(small, toml, word):
    """A wrong key, type or format, or broken TOML, is reported with the file's name."""
    add(small, "two", toml)
    error = load_course(small).broken["two"]
    assert error.slug == "exercise-toml"
    assert word in error.found
    assert error.where.endswith("two/exercise.toml")


def test_an_exercise_without_its_toml(small):
    """A folder without exercise.toml is reported."""
    (small / "exercises" / "two").mkdir()
    course = load_course(small)
    assert course.broken["two"].slug == "exercise-files"
    assert list(course.exercises) == ["one"]
    with pytest.raises(GraderError, match="no exercise.toml"):
        course.exercise("two")


def test_after_names_nothing(small):
    """A predecessor that doesn't exist is refused, with a suggestion."""
    add(small, "two", TOML + 'after = ["onne"]\n')
    assert "did you mean `one`?" in str(load_course(small).broken["two"])


def test_after_runs_in_a_circle(small):
    """Two exercises can't each be the other's predecessor."""
    add(small, "two", TOML + 'after = ["three"]\n')
    add(small, "three", TOML + 'after = ["two"]\n')
    course = load_course(small)
    assert "cycle" in course.broken["three"].found
    assert "one" in course.exercises


def test_order_follows_after(small):
    """An exercise comes after its predecessors."""
    add(small, "a", TOML + 'after = ["one"]\n')
    assert list(load_course(small).exercises) == ["one", "a"]


def test_a_stub_declares_its_functions(small):
    """Name, signature, parameters and return annotation are read from the stub's text."""
    function = load_course(small).exercises["one"].functions["answer"]
    assert function.signature == "answer(x: Tensor, n: int=2) -> Tensor"
    assert (function.parameters, function.returns, function.line) == (("x", "n"), "Tensor", 1)


def test_a_stub_that_is_no_python(small):
    """A syntax error in a stub is reported with its line."""
    (small / "exercises/one/one.py").write_text("def answer(:\n")
    with pytest.raises(GraderError) as caught:
        _ = load_course(small).exercises["one"].functions
    assert caught.value.slug == "course-syntax"


def test_hints_are_the_numbered_items_of_their_section(small):
    """A hint may have several lines; numbered items in other sections aren't hints."""
    assert load_course(small).exercises["one"].hints == ["Mild.", "Less\nmild."]


def test_a_misconception_without_a_docstring(small):
    """A known mistake without a name is refused."""
    folder = small / "reference/one/misconceptions"
    folder.mkdir(parents=True)
    (folder / "bad.py").write_text("x = 1\n")
    with pytest.raises(GraderError) as caught:
        _ = load_course(small).exercises["one"].misconceptions
    assert caught.value.slug == "misconception-docstring"


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("flipped kernel", "mistake", "flipped kernel"),
        ("Convention: true convolution.", "convention", "true convolution"),
        ("Conventions differ", "mistake", "Conventions differ"),
    ],
)
def test_a_convention_is_told_by_its_prefix(small, line, kind, name):
    """A mistake's first docstring line gives its name and whether it is another convention."""
    folder = small / "reference/one/misconceptions"
    folder.mkdir(parents=True)
    (folder / "other.py").write_text(f'"""{line}\n\nThis is one;\nthe exercise asks for another.\n"""\n')
    (wrong,) = load_course(small).exercises["one"].misconceptions
    assert (wrong.kind, wrong.name) == (kind, name)
    assert wrong.message == "This is one; the exercise asks for another."


def test_a_convention_without_a_name(small):
    """The prefix for another convention isn't a valid name by itself."""
    folder = small / "reference/one/misconceptions"
    folder.mkdir(parents=True)
    (folder / "bad.py").write_text('"""Convention:\n\nThis is one.\n"""\n')
    with pytest.raises(GraderError, match="has no name"):
        _ = load_course(small).exercises["one"].misconceptions


def test_the_digest_follows_the_content(small):
    """A change to a file that affects scores changes the digest; a bytecode cache or a statement doesn't."""
    before = load_course(small).sha256
    (small / "exercises/one/__pycache__").mkdir()
    (small / "exercises/one/__pycache__/x.pyc").write_text("x")
    (small / "exercises/one/README.md").write_text("# Other\n")
    assert load_course(small).sha256 == before
    (small / "exercises/one/test_one.py").write_text("def test_other(): ...\n")
    assert load_course(small).sha256 != before


def test_an_exercise_has_a_digest_of_its_own(small):
    """A report on one exercise stays valid until a file of that exercise or a shared one changes."""
    add(small, "two")

    def digests():
        course = load_course(small)
        return course.digest(["one"]), course.digest(["two"]), course.digest(["two", "one"])

    before = digests()
    assert len({*before}) == 3
    assert load_course(small).sha256 == load_course(small).digest(["one", "two"]) == before[2]
    (small / "reference/two").mkdir(parents=True)
    (small / "reference/two/solution.py").write_text("# another\n")
    after = digests()
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, False]
    (small / "reference/formulas").mkdir()
    (small / "reference/formulas/sums.py").write_text("# shared\n")
    assert not any(one == other for one, other in zip(after, digests(), strict=True))


@pytest.mark.parametrize(
    ("own", "share", "worth"),
    [
        (13, "0.1", 1),
        (17, "0.1", 2),
        (15, "0.1", 2),
        (10, "0.1", 1),
        (4, "0.1", 0.4),
        (13, "0.25", 3),
        (13, "0", 0),
        (3, "1", 3),
        (1, "0.333", 0.33),
    ],
)
def test_a_device_is_worth_a_share_of_the_exercise(small, own, share, worth):
    """A device's points are rounded to whole numbers from 1 up, and to hundredths below 1.

    The exercise's own points stay unchanged.
    """
    settings(small, f"device_points = {share}")
    (small / "exercises/one/test_one.py").write_text(f"@points({own})\ndef test_values(): ...\n")
    course = load_course(small)
    one = course.exercises["one"]
    assert (course.worth_of_device(one), course.points(one), one.points) == (worth, own + worth, own)


@pytest.mark.parametrize("toml", ['devices = ["cpu"]', ""])
def test_where_no_device_adds_anything_it_is_worth_nothing(small, toml):
    """An exercise that runs only on the CPU, or has no tensors, has only its own points."""
    if not toml:
        (small / "exercises/one/one.py").write_text("def answer(n: int) -> int:\n    ...\n")
    (small / "exercises/one/exercise.toml").write_text(TOML + toml)
    (small / "exercises/one/test_one.py").write_text("@points(20)\ndef test_values(): ...\n")
    course = load_course(small)
    one = course.exercises["one"]
    assert (one.is_tried_elsewhere, course.points(one), len(one.checked)) == (False, 20, 1)


@pytest.mark.parametrize("share", ["-0.1", "1.5", "nan", "'much'"])
def test_a_share_that_is_none(small, share):
    """A device's share of the points must be between 0 and 1."""
    settings(small, f"device_points = {share}")
    with pytest.raises(GraderError, match="device_points") as caught:
        load_course(small)
    assert caught.value.slug == "course-settings"


def test_the_digest_follows_the_points_of_a_device(small):
    """If the share changes, earlier reports count as outdated."""
    before = load_course(small).sha256
    settings(small, "device_points = 0.1")
    assert load_course(small).sha256 == before
    settings(small, "device_points = 0.2")
    assert load_course(small).sha256 != before


def test_a_hyphen_stands_for_an_underscore(small):
    """A hyphen in a platform's address stands for an underscore; an existing name takes precedence."""
    add(small, "toeplitz_1d")
    course = load_course(small)
    assert course.exercise("toeplitz-1d").id == "toeplitz_1d"
    with pytest.raises(UsageError, match="toeplitz--1d"):
        course.exercise("toeplitz--1d")


def test_an_unknown_exercise_is_suggested(small):
    """For a typo in an exercise's name, the error suggests the right name."""
    with pytest.raises(UsageError, match="this course has no exercise") as caught:
        load_course(small).exercise("oen")
    assert caught.value.remedy == "did you mean `one`?"


def test_a_path_with_dots_is_the_same_course(course):
    """Files in a course have the same paths, however the course's own path is written."""
    spelt = load_course(course.root / "tests" / "..")
    assert spelt.root == course.root
    assert [one.tests for one in spelt.exercises.values()] == [one.tests for one in course.exercises.values()]
