"""Test formulas for the browser."""

import re
from xml.etree import ElementTree as ET

import pages
import pytest

from grader.course import load_course
from grader.reports import formulas, html


def test_every_statement_has_its_formula():
    """Each displayed formula in the course becomes MathML, and none falls back to plain text."""
    found = html.formulas_of(load_course(pages.ROOT))
    assert len(found) == 28
    for latex in found.values():
        for line in formulas.lines(latex):
            assert ET.fromstring(line).tag == "math"
            assert line.isprintable()


def test_a_range_stands_on_its_own_line():
    """The part after a wide gap gets its own line, and trailing commas are dropped."""
    assert [
        str(line).count("<mo>,</mo>") for line in formulas.lines(r"y_i = 1, \qquad i = 0, \dots, n.")
    ] == [0, 2]
    assert formulas.lines("") == []


def test_names_are_words():
    """A name with several letters is one word, not a row of single letters."""
    assert "<mtext>kernel</mtext>" in formulas.lines(r"\mathrm{kernel}_j")[0]


@pytest.mark.parametrize(
    "latex",
    [r"\unheardof{x}", "{", r"\text{<script>x</script>}", r"\text{<b}", r"\text{<mi onclick='x'>a</mi>}"],
)
def test_what_is_no_formula_is_text(latex):
    """Text that the converter can't read, or whose output isn't MathML, is shown as plain text."""
    (line,) = formulas.lines(latex)
    assert line.startswith("<code>")
    assert "<" not in line.removeprefix("<code>").removesuffix("</code>")


def test_the_first_displayed_formula():
    """A statement's formula is the first text between double dollar signs, if there is any."""
    assert formulas.displayed("a $x$ b\n$$y\n= 1$$ $$z$$") == "y = 1"
    assert formulas.displayed("no formula") is None


def test_a_long_formula_in_the_line_can_be_broken():
    """A long formula is split after operators and commas, but never inside braces."""
    assert formulas.inline("n - k + 1").count("<math") == 1
    long = formulas.inline(r"h_{i+1} x_2 + h_1 x_1 = 1 \cdot 3 + 3 \cdot 2,\ x_{i,j} = 11")
    texts = [re.sub("<[^>]*>", "", one) for one in re.findall(r"<math.*?</math>", long)]
    assert texts == ["hi+1x2+", "h1x1=", "1·3+", "3·2,", "xi,j=", "11"]
    assert formulas.inline(r"\left( a = \frac{1}{2} + b + c + d + e + f \right)").count("<math") == 1
