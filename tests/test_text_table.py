"""Test matrices as text."""

import pytest

from grader.report_model import Array
from grader.sanitize import clean, short
from grader.text_table import lines_of, number, side_by_side


def matrix(values, dtype="float32"):
    shape = [len(values), len(values[0])] if values and isinstance(values[0], list) else [len(values)]
    return Array(dtype, shape, values)


def test_differing_cells_are_marked():
    """The obtained matrix is aligned next to the expected one, and only differing cells are marked."""
    lines = side_by_side(matrix([[1, 2], [3, 40]]), matrix([[1, 2], [3, 4]]), matrix([[0, 0], [0, 36]]))
    assert lines == ["obtained    expected", " 1   2      1  2", " 3  40*     3  4"]


def wide(count, wrong):
    """Return the obtained, expected and difference matrices for one row with one wrong number."""
    numbers = list(range(10, 10 + count))
    obtained = [[n + 1 if i == wrong else n for i, n in enumerate(numbers)]]
    return matrix(obtained), matrix([numbers]), matrix([[int(i == wrong) for i in range(count)]])


def test_a_wide_table_stands_one_above_the_other():
    """If rows don't fit side by side, the obtained row is above the expected one."""
    assert side_by_side(*wide(5, 2), width=30) == [
        "obtained",
        "10  11  13* 13  14",
        "expected",
        "10  11  12  13  14",
    ]


@pytest.mark.parametrize(
    ("wrong", "title", "row"),
    [
        (0, "columns 0 to 3 of 20", "11* 11  12  13"),
        (10, "columns 8 to 11 of 20", "18  19  21* 21"),
        (19, "columns 16 to 19 of 20", "26  27  28  30*"),
    ],
)
def test_a_wider_table_shows_the_columns_around_the_first_wrong_cell(wrong, title, row):
    """If one row alone doesn't fit, the columns around the difference are shown with their numbers."""
    lines = side_by_side(*wide(20, wrong), width=16)
    assert lines[0] == f"obtained, {title}"
    assert lines[1] == row
    assert lines[2] == f"expected, {title}"
    assert max(map(len, (lines[1], lines[3]))) <= 16


@pytest.mark.parametrize("width", [1, 2, 5, 16, 40, 200])
def test_no_width_is_too_small(width):
    """At any width, at least one column is shown, and it contains the first difference."""
    lines = side_by_side(*wide(20, 7), width=width)
    assert any("*" in line for line in lines)


def test_a_wide_input_says_which_columns_are_left():
    """If a matrix is too wide, its first columns and the total number of columns are shown."""
    assert lines_of(matrix([list(range(10)), list(range(10))]), width=9) == [
        "0  1  2",
        "0  1  2",
        "(columns 0 to 2 of 10)",
    ]
    assert lines_of(matrix([[1, 2]]), width=9) == ["1  2"]


def test_images_of_a_batch_are_apart():
    """An empty line separates the matrices of a stack."""
    assert lines_of(Array("float32", [2, 1, 2], [[[1, 2]], [[3, 4]]])) == ["1  2", "", "3  4"]


def test_different_shapes_stand_side_by_side():
    """If shapes differ, both matrices are drawn and nothing is marked."""
    lines = side_by_side(matrix([1, 2]), matrix([1, 2, 3]), "shape (2,) instead of (3,)")
    assert lines == ["obtained    expected", "1  2        1  2  3"]


def test_two_numbers_never_print_alike():
    """Entries that differ are shown with enough digits to look different."""
    lines = side_by_side(matrix([1.0]), matrix([1.0000001]), matrix([1e-7]))
    assert lines[1].split() == ["1*", "1.0000001"]


def test_complex_numbers():
    """A pair of numbers is shown as a complex number."""
    assert number([1.0, -2.0]) == "1-2j"
    assert lines_of(Array("complex64", [1], [[0.0, 1.5]])) == ["0+1.5j"]


def test_what_is_no_matrix():
    """Scalars, None, empty tensors and omitted tensors are each shown in one line."""
    assert lines_of(3) == ["3"]
    assert lines_of(None) == ["None"]
    assert lines_of(Array("float32", [0, 3], [])) == ["(empty, shape (0, 3))"]
    assert lines_of(Array("float32", [9999], None)) == ["float32 tensor of shape (9999,)"]
    assert number(None) == "nan"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("/tmp/grade-sl6jmv85/tmphl7o81ap/one.py:17: UserWarning: x", "one.py:17: UserWarning: x"),
        ('File "/var/folders/zz/T/grade-sl6jmv85/tmphl7o_1ap/one.py", line 3', 'File "one.py", line 3'),
        ("written to /tmp/grade-sl6jmv85/tmphl7o81ap", "written to "),
        ("<object at 0x7f00deadbeef>", "<object at 0x...>"),
        ("/home/ada/grade-book/tmp/one.py", "/home/ada/grade-book/tmp/one.py"),
    ],
)
def test_what_differs_between_runs_is_left_out(text, cleaned):
    """A worker's folder and a value's memory address are removed from a report."""
    assert clean(text) == cleaned


def test_foreign_text_is_cleaned():
    """Control characters become visible, and the length is limited."""
    assert clean("a\x1b[31mb\r\tc") == "a\ufffd[31mb\ufffd    c"
    assert len(clean("x" * 10_000)) < 2100


def test_workflow_commands_are_broken():
    """Text that CI would read as a command is changed, wherever a line may wrap."""
    assert clean("::error::x") == ": :error::x"
    assert clean("so ::set-output name=x::y") == "so : :set-output name=x::y"
    assert clean("##[error]x") == "## [error]x"
    assert clean("a::b") == "a::b"


def test_long_values_are_short():
    """Very long integers, long lists and nested lists are shown with a limited length."""
    assert short(1 << 100_000) == "an integer of 100001 bits"
    assert short((1,)) == "(1,)"
    assert len(short([["x" * 5000] * 100] * 100)) < 2100


def test_a_list_of_tensors_is_shown_as_numbers():
    """Each tensor takes one line, without dtype or shape; one that was left out shows its shape."""
    rows = [Array("float32", [2], [1.0, 0.5]), Array("float32", [1, 1], [[2.0]])]
    assert lines_of(rows) == ["[1, 0.5]", "[[2]]"]
    assert lines_of([Array("float32", [9999], None), 3]) == ["float32 tensor of shape (9999,)", "3"]
    assert lines_of([1, [2.0, None]]) == ["(1, (2, None))"]


def complex_array(*pairs):
    return Array("complex128", [len(pairs)], [list(pair) for pair in pairs])


def test_rounding_noise_of_complex_entries_is_left_out():
    """An imaginary part that is only rounding noise is shown as 0."""
    one = complex_array((-3.0, -1.5384e-15), (1e-16, 2.0))
    other = complex_array((1.0, 0.0), (0.0, 2.0))
    lines = side_by_side(one, other, complex_array((4.0, 0.0), (0.0, 0.0)))
    assert lines[1].split() == ["-3+0j*", "0+2j", "1+0j", "0+2j"]


def test_noise_that_is_the_failure_is_shown():
    """If only the noise is wrong, it isn't left out: the two sides must not look equal."""
    one, other = complex_array((-3.0, -1.5384e-15)), complex_array((-3.0, 0.0))
    lines = side_by_side(one, other, complex_array((0.0, 1.5384e-15)))
    assert "-3-1.5384e-15j*" in lines[1]


def test_a_noisy_matrix_keeps_its_shape():
    """A matrix and a single number are shown as before, without the noise."""
    matrix = Array("complex128", [2, 2], [[[1.0, 1e-17], [2.0, 0.0]], [[3.0, 0.0], [4.0, 0.0]]])
    other = Array("complex128", [2, 2], [[[5.0, 0.0], [2.0, 0.0]], [[3.0, 0.0], [4.0, 0.0]]])
    lines = side_by_side(matrix, other, None)
    assert [line.split() for line in lines[1:]] == [
        ["1+0j", "2+0j", "5+0j", "2+0j"],
        ["3+0j", "4+0j", "3+0j", "4+0j"],
    ]
    alone = Array("complex128", [], [1.0, 1e-17])
    assert side_by_side(alone, Array("complex128", [], [2.0, 0.0]), None)[1].split() == [
        "1+0j",
        "2+0j",
    ]
