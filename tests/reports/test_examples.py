"""Matrices in a statement are recognised by their layout, either completely or not at all."""

import pytest

from grader.reports import examples


def read(block):
    """Return each matrix's name, its size in words and the symbol next to it."""
    return [(one.name, one.figure.svg.split('"')[1], one.sign) for one in examples.matrices(block)]


def test_a_matrix_is_found_with_its_name_and_what_stands_beside_it_is_left():
    """Bracketed rows below each other form a matrix; headers, words and bars don't belong to it."""
    block = "     x0 | x1\nT = [ 1 |  0 ]     place 0\n    [ 2 | -1 ]     place 1\n"
    assert read(block) == [("T", "T: int64, shape (2, 2).", "")]


def test_matrices_side_by_side_are_read_from_left_to_right():
    """Symbols between matrices are kept, and a matrix that starts on a later line is also found."""
    block = "[ 1 2 ]           [ 3 ]\n[ 0 1 ] @ [ 1 ] = [ 1 ]\n          [ 1 ]\n"
    assert [(name, sign) for name, _, sign in read(block)] == [("", "@"), ("", "="), ("", "")]
    assert [words for _, words, _ in read(block)] == [f"Matrix: int64, shape ({size})." for size in ("2, 2", "2, 1", "2, 1")]  # fmt: skip


def test_only_a_product_gives_no_name():
    """In `T^T * y = [`, the matrix gets no name because it isn't named by a single letter."""
    assert [name for name, _, _ in read("T^T * y = [ 1 2 ]\n          [ 3 4 ]\n")] == [""]


def test_lines_of_numbers_alone_are_a_matrix():
    """Lines that contain only numbers, like an image, need no brackets."""
    assert read("-3  0.5\n 2  0\n") == [("", "Matrix: float64, shape (2, 2).", "")]


@pytest.mark.parametrize(
    "block",
    [
        "T = [ a  b ]\n    [ 0  a ]\n",
        "T = [ 1  2 ]\n    [ 0  1  2 ]\n",
        "T = [ 1  2 ]\n    [ ---- ]\n    [ 2  1 ]\n",
        "F = [ 1  -i ]     G = [ 1  2 ]\n    [ i   1 ]         [ 3  4 ]\n",
        "shift([1, 2], 1)  ->  [2, 1]\nshift([1, 2], 0)  ->  [1, 2]\n",
        "y0 = 1*3 = 3\ny1 = 1*7 = 7\n",
        "1 2\n3\n",
    ],
)
def test_what_is_not_all_numbers_is_not_drawn(block):
    """A block with a letter, an ellipsis or a row of another length stays text as a whole.

    Drawing only half of a matrix would be wrong.
    """
    assert examples.matrices(block) == []


def test_vectors_in_the_line_are_found():
    """Only inline code that is a vector becomes a figure, with the vector's name if it has one."""
    found = examples.vectors(["x = [1, -2, 3]", "[4, 5]", "f([1, 2])", "n = 4", "[1 + 8, 2]"])
    assert [(one.name, one.figure.svg.split('"')[1]) for one in found] == [
        ("x", "x: int64, shape (3,), entries 1, -2, 3."),
        ("", "Matrix: int64, shape (2,), entries 4, 5."),
    ]
