"""Compare figures of matrices with their complete expected text."""

import pages

from grader.reports import figure_cells, figures
from grader.reports.figures import Look

LOOK = Look(2.0, 5, 32)


def test_a_vector_is_a_row_of_cells():
    """A vector's figure contains colours, frames, the wrong cell's cross and numbers, in this order.

    Its text alternative states all of them.
    """
    found = figures.heat_map(
        figure_cells.grid(pages.vector(1.0, -2.0)), [False, True], LOOK, name="Your result", mark="w"
    )
    assert found.svg == (
        '<svg class=map role=img aria-label="Your result: float32, shape (2,), entries 1, -2; differing: [1]."'
        ' width=70 height=45 viewBox="0 0 70 45">'
        '<path class=p3 d="M1 16h34v28h-34z"/><path class=n5 d="M35 16h34v28h-34z"/>'
        '<path class=mw d="M37 18h30v24h-30z"/><path class=x d="M61 19l5 5m0-5l-5 5"/>'
        "<g class=b><text x=52 y=34>-2</text></g><g class=c><text x=18 y=34>1</text></g>"
        '<g class=i><text x="18 0 52" y=12>0 1</text></g></svg>'
    )
    assert found.width == 70


def test_what_is_expected_bears_no_cross():
    """In the expected value, the position of a wrong cell is also framed, but has no cross."""
    found = figures.heat_map(figure_cells.grid(pages.vector(1.0)), [True], LOOK, name="Expected", mark="s")
    assert "class=ms" in found.svg
    assert "class=x" not in found.svg


def test_matrices_of_an_array_stand_below_each_other():
    """Each matrix in a stack has its index above it."""
    whole = figure_cells.Grid("float32", (2, 1, 1), [1.0, 2.0])
    found = figures.heat_map(whole, [], LOOK, name="Your result", mark="w")
    assert found.svg.count("[0, :, :]") == 1
    assert found.svg.count("[1, :, :]") == 1


def test_the_words_of_a_matrix_are_bounded():
    """A matrix's text alternative gives its shape and first wrong cells; its numbers are in a table."""
    whole = figure_cells.grid(pages.WIDE)
    assert figures.told(whole, [True] * 120, LOOK, "Your result") == (
        "Your result: float32, shape (3, 40); differing: [0, 0], [0, 1], [0, 2], [0, 3], [0, 4], [0, 5] and 114 more."
    )


def test_a_footprint_frames_what_enters_the_sum():
    """Framed cells show their factors; other cells don't."""
    found = figures.footprint(figure_cells.grid(pages.SIGNAL), {1: "× 1", 2: "× 2"}, LOOK, name="x")
    assert found.svg.count("<path class=f ") == 1
    assert "<g class=t><text x=52 y=52>× 1</text><text x=86 y=52>× 2</text></g>" in found.svg
    assert 'aria-label="x, of shape (4,); framed: x[1] × 1, x[2] × 2."' in found.svg


def test_words_in_a_figure_are_words():
    """Text in a figure is never treated as markup, whether it is alone or in a row."""
    assert figures.text(1, 2.5, "<b>") == "<text x=1 y=2.5>&lt;b&gt;</text>"
    assert figures.row([1, 2], 3, ["<", "&"]) == '<text x="1 0 2" y=3>&lt; &amp;</text>'


def test_a_single_number_has_no_axes():
    """A tensor without axes is one cell without axis numbers."""
    found = figures.heat_map(figure_cells.Grid("float32", (), [2.0]), [], LOOK, name="Your result", mark="w")
    assert "class=i" not in found.svg
    assert (found.width, found.svg.count("<text")) == (36, 1)
