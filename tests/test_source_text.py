"""Cells joined into one text can be found in it again."""

from hypothesis import given
from hypothesis import strategies as st

from grader.source_text import Place, SourceText, joined, place_of, split

TEXTS = st.lists(st.text(alphabet="ab\n \x0c\u2028", max_size=12), min_size=1, max_size=6)


@given(TEXTS)
def test_what_is_joined_can_be_split(cells):
    """Joining cells loses nothing, not even empty cells."""
    assert split(*joined(cells)) == cells


@given(TEXTS)
def test_every_line_has_its_place(cells):
    """Each line of the whole text is the line of one cell."""
    text, starts = joined(cells)
    for number, line in enumerate(text.split("\n"), start=1):
        assert SourceText(text, "f.py", starts).line_at(place_of(number, starts)) == line


def test_a_file_is_counted_from_its_top():
    """In a text without cells, a line keeps its number and has no cell."""
    assert place_of(7, ()) == Place(None, 7)
    assert SourceText("a\nb", "f.py").line_at(Place(None, 2)) == "b"
    assert split("a\nb", ()) == ["a\nb"]


def test_a_place_that_is_none():
    """A worker may report any line; a line that doesn't exist isn't shown."""
    text, starts = joined(["a", "b"])
    for place in (Place(3, 1), Place(1, 2), Place(1, 0), Place(2, 10**30), Place(-1, 1), Place(None, -3)):
        assert SourceText(text, "f.py", starts).line_at(place) is None
    assert place_of(-5, starts) == Place(None, -5)
    assert place_of(0, starts) == Place(None, 0)


def test_a_place_has_one_name():
    """For a file, only the line is shown. For a notebook, the cell comes before the line."""
    assert Place(None, 2).name == "line 2"
    assert Place(3, 2).name == "cell 3, line 2"
