"""Text is escaped so that no platform reads it as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.reports.exports import texts


@given(st.text(), st.integers(0, 80))
def test_a_cut_text_is_never_too_long(text, most):
    """Text that fits stays unchanged, and truncated text is never longer than allowed."""
    short = texts.cut(text, most)
    assert len(short) <= most
    assert short == text or len(text) > most


def test_a_cut_text_says_so():
    """Truncated text ends with a note that something is missing, if there is room."""
    assert texts.cut("x" * 1000, 50) == "x" * 10 + "\n... (cut: the text has 1000 characters)"


@given(st.text(alphabet="`a \n"))
def test_nothing_closes_a_fence_but_its_end(text):
    """A code block contains no line that could close its fence."""
    first, *inner, last = texts.fenced(text).split("\n")
    fence = first.removesuffix("text")
    assert last == fence
    assert "\n".join(inner) == text
    assert all(not line.lstrip().startswith(fence) for line in inner)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n@x", "|x"])
def test_a_cell_is_no_formula(text):
    """Text that a spreadsheet would evaluate as a formula gets a leading apostrophe."""
    assert texts.cell(text).startswith("'")


def test_a_plain_cell_stays():
    """A name stays unchanged, so that a gradebook can match it."""
    assert texts.cell("ada-lovelace@example.org") == "ada-lovelace@example.org"


def test_markdown_is_shown_as_it_is():
    """Markdown's special characters are escaped with a backslash."""
    assert texts.markdown("a_b *c* [d](e) <f>\n| g") == r"a\_b \*c\* \[d\](e) \<f\> \| g"


def test_as_much_detail_as_fits():
    """The most detailed version that fits is used, with sizes counted in bytes."""
    assert texts.fitted(lambda detail: "ä" * detail, 10_000) == "ä" * 4_000


def test_what_never_fits_is_an_error():
    """A file that the platform would refuse isn't written."""
    with pytest.raises(GraderError) as caught:
        texts.fitted(lambda detail: "x" * 1000 + str(detail), 1000)
    assert caught.value.slug == "export-too-large"
