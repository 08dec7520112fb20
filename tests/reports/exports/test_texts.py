"""Texts are escaped so that no platform reads them as markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import GraderError
from grader.reports.exports import texts


@given(st.text(), st.integers(0, 80))
def test_a_cut_text_is_never_too_long(text, most):
    """A text that fits stays unchanged, and a cut text is never longer than allowed."""
    short = texts.cut(text, most)
    assert len(short) <= most
    assert short == text or len(text) > most


def test_a_cut_text_says_so():
    """The end of a cut text says that something is missing, if there is room."""
    assert texts.cut("x" * 1000, 50) == "x" * 10 + "\n... (cut: the text has 1000 characters)"


@given(st.text(alphabet="`a \n"))
def test_nothing_closes_a_fence_but_its_end(text):
    """A code block contains no fence as long as its own."""
    first, *inner, last = texts.fenced(text).split("\n")
    fence = first.removesuffix("text")
    assert last == fence
    assert "\n".join(inner) == text
    assert all(not line.lstrip().startswith(fence) for line in inner)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n@x", "|x"])
def test_a_cell_is_no_formula(text):
    """An apostrophe is put before text that a spreadsheet would calculate."""
    assert texts.cell(text).startswith("'")


def test_a_plain_cell_stays():
    """A name stays unchanged, so that a gradebook finds it."""
    assert texts.cell("ada-lovelace@example.org") == "ada-lovelace@example.org"


def test_markdown_is_shown_as_it_is():
    """Markdown's special characters get a backslash."""
    assert texts.markdown("a_b *c* [d](e) <f>\n| g") == r"a\_b \*c\* \[d\](e) \<f\> \| g"


def test_as_much_detail_as_fits():
    """The most detailed version that fits is used. Sizes are counted in bytes."""
    assert texts.fitted(lambda detail: "ä" * detail, 10_000) == "ä" * 4_000


def test_what_never_fits_is_an_error():
    """A file that the platform would refuse isn't written."""
    with pytest.raises(GraderError) as caught:
        texts.fitted(lambda detail: "x" * 1000 + str(detail), 1000)
    assert caught.value.slug == "export-too-large"
