"""A report's page is complete, escaped, reproducible and small."""

import re
from html.parser import HTMLParser

import msgspec
import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.report_model import Misconception, SourceError, Submission, Window
from grader.reports import html
from grader.source_text import SourceText

SHOWN = pages.everything()
PAGE = SHOWN.page()
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    "&lt;b&gt;",
    "{{ 7 * 7 }}",
    "]]>",
    "-->",
    "</pre></style>",
    "\x00\x1b[31m\u202e\ud800",
    "a\nb",
]
texts = st.sampled_from(HOSTILE) | st.text(max_size=20)


class Reader(HTMLParser):
    """Collects a page's text, and its elements with their attributes."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def skeleton(self):
        """Return the elements with their attribute names but without the values."""
        return [(tag, *attributes) for tag, attributes in self.elements]


def test_the_page_is_the_same_every_time():
    """Reports that differ only in their durations have identical pages."""
    slower = [msgspec.structs.replace(one, duration=9.0) for one in SHOWN.report.exercises]
    other = msgspec.structs.replace(SHOWN.report, exercises=slower)
    assert html.page(other, formulas=SHOWN.formulas, sources=SHOWN.sources) == PAGE


def test_a_report_that_was_read_back_has_the_same_page():
    """A report read back from JSON gives the same page, except that JSON has no NaN or infinity."""
    from grader.report_model import Report
    from grader.reports import report_json

    shown = pages.golden()
    back = msgspec.json.decode(report_json.to_json(shown.report), type=Report)
    assert html.page(back, formulas=shown.formulas, sources=shown.sources) == shown.page()


def test_nothing_is_loaded_or_run():
    """The page has no scripts, URLs or elements that load anything, and its policy forbids them."""
    names = {tag for tag, _ in Reader(PAGE).elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "image", "use"}
    assert not re.search(r"https?:|url\(|@import|javascript:", PAGE)
    policies = [each["content"] for tag, each in Reader(PAGE).elements if each.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_only_what_is_met_is_closed():
    """Exercises that are met are collapsed; all others are expanded."""
    states = re.findall(r'<article class=exercise id="(e\d)">\s*<details( open)?>', PAGE)
    assert states == [("e1", " open"), ("e2", " open"), ("e3", ""), ("e4", " open")]


def test_headings_descend_step_by_step():
    """The page has exactly one top heading, and no heading level is skipped."""
    levels = [int(tag[1]) for tag, _ in Reader(PAGE).elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_links_lead_somewhere():
    """Each link leads to an anchor on the page, and no id occurs twice."""
    elements = Reader(PAGE).elements
    places = [each["id"] for _, each in elements if "id" in each]
    assert len(places) == len(set(places))
    assert {each["href"][1:] for tag, each in elements if tag == "a"} <= set(places)


def test_the_ladder():
    """A failure shows its parts in a fixed order.

    The order is sentence, call, result, worked cell, known mistake, line, replay command.
    """
    steps = [
        "The law values holds.",
        "f(kernel=[1, 2])\nx = [3, 4, 5, 6]",
        "Your result",
        "Expected",
        "2 of 3 entries differ",
        "cell [1] = kernel[0]·x[1] + kernel[1]·x[2] = 1·4 + 2·5 = 14, your result: 7",
        "x, with a frame around each entry of the sum:",
        "Known mistake: a mistake of many. What to know about it.",
        "Your line 2:",
        "return x.flip(0)  # <b>bold</b>",
        "grade replay one.values.cpu.gqZr-_",
    ]
    text = Reader(PAGE).text
    places = [text.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)


def test_another_device_is_one_property():
    """The page shows the failure of `device` and names the device, but doesn't list the evidence."""
    told = {"device": "sim", "counterexample": pages.case(1, 2), "misconception": pages.known("mistake")}
    evidence = pages.law("shape", "not met", evidence=True, max_points=0.0, **told)
    exercise = pages.exercise("one", pages.law("shape"), evidence, pages.law("device", "not met", **told))
    page = html.page(pages.report(exercise))
    assert "All 2 tests" in page
    assert page.count("class=rung") == page.count(", sim (simulated)") == 1
    assert page.count("on sim (simulated)") == 1


def test_what_is_known_is_of_three_kinds():
    """Mistakes, other conventions and environment problems each have their own heading and box."""
    found = re.findall(r'<div class="known (\w+)"><p><b>([^:]+): ', PAGE)
    assert found == [
        ("mistake", "Known mistake"),
        ("convention", "Another convention"),
        ("environment", "Your environment"),
    ]
    assert "Known mistake: <a href=#e1p2>a mistake of many</a>, as above." in PAGE


def test_values_that_are_not_drawn_are_told():
    """A value that is empty or too large is shown by type and shape, and a plain value unchanged."""
    text = Reader(PAGE).text
    assert "float32 tensor of shape (4096, 4096)" in text
    assert "empty float32 tensor of shape (0, 3)" in text
    assert "not tested: no CUDA device" in text


def test_an_error_of_loading_is_shown_with_its_line():
    """A loading error is shown once, with its cell and line."""
    assert "SyntaxError: bad (cell 3, line 1)" in Reader(PAGE).text
    assert "<pre>def f(:</pre>" in PAGE
    assert "Also broken: cells 5, 6." in PAGE


def test_what_is_known_of_an_error_of_loading():
    """A known explanation appears below the error, only once for all properties."""
    laws = [
        pages.law(name, "not met", cause="error", misconception=pages.known("environment")) for name in "ab"
    ]
    error = SourceError("AttributeError", "`np.complex_` was removed", 1, "np.complex_")
    page = html.page(pages.report(pages.exercise("one", *laws, error=error)))
    assert page.count("Your environment: ") == page.count('<div class="known environment">') == 1


def test_a_line_of_a_notebook():
    """Line numbers in a notebook are counted from the top of the cell, and each is shown only once."""
    law = pages.law(
        "values", "not met", counterexample=msgspec.structs.replace(pages.case(1, 2, "x"), cell=2)
    )
    again = msgspec.structs.replace(law, id="again")
    shown = html.page(
        pages.report(pages.exercise("one", law, again)),
        sources={"one": SourceText("a\nb\nc\n  d()", "one.py", (1, 3))},
    )
    assert shown.count("<p>Your cell 2, line 2:</p><pre>d()</pre>") == 1
    assert shown.count("<p>Your cell 2, line 2.</p>") == 1


def test_long_output_is_cut():
    """A submission's long output is truncated, and the page says how much is missing."""
    found = html.page(pages.report(pages.exercise("one", pages.law("shape"), stdout="x" * 2500)))
    assert "x" * 2000 + "\n... (500 more characters)</pre>" in found


def test_a_failure_in_each_of_28_exercises_stays_small():
    """A page for the whole course, with a drawn failure in every exercise, is under 300 KB."""
    page = pages.whole_course().page()
    assert len(page.encode()) < html.MAX_BYTES
    assert "Not drawn" not in page


def test_large_failures_in_every_property_stay_small():
    """With many large failures, the page draws fewer figures, says so and still lists every property."""
    large = pages.case(pages.WIDE, pages.WIDE, pages.WIDE)
    laws = [
        pages.law(f"law_{number}", "not met", counterexample=large, replay="r" * 150) for number in range(13)
    ]
    page = html.page(pages.report(*[pages.exercise(f"e{number}", *laws) for number in range(28)]))
    assert len(page.encode()) < html.MAX_BYTES
    assert "Not drawn, to keep the page small" in page
    assert page.count("<p class=law>") == 28 * 13


def test_the_least_that_is_drawn(monkeypatch):
    """A report that can't be made small enough still has a page, which lists every property in words."""
    monkeypatch.setattr(html, "MAX_BYTES", 0)
    page = pages.everything().page()
    assert "Your result" not in page
    assert page.count("<p class=law>") == PAGE.count("<p class=law>")


def hostile_report(text):
    """Return a report whose text fields all contain this text."""
    one = pages.law(
        text,
        "not met",
        says=text,
        device=text,
        reason=text,
        counterexample=pages.case(
            text,
            [text, pages.vector(1.0, dtype=text)],
            text,
            call=text,
            inputs={text: pages.SIGNAL},
            window=Window([0], 1.0, 2.0, [pages.term((text, [0], 2)), pages.term((text, [1], 3))]),
        ),
        misconception=Misconception(text, text, text),
        replay=text,
    )
    later = pages.law(text, "not judged", reason=text)
    error = SourceError(text, text, 1, text)
    exercises = [
        pages.exercise(text, one, later, title=text, stdout=f"x{text}"),
        pages.exercise(text, later, title=text, error=error),
    ]
    return pages.report(*exercises, submission=Submission(text, text), devices={text: text})


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_no_text_becomes_markup(text):
    """A report's texts can't add elements or attributes to the page."""
    found, harmless = (
        Reader(html.page(hostile_report(one), sources={one: SourceText(f"x\n{one}", "f.py")})).skeleton()
        for one in (text, "a")
    )
    assert set(found) <= set(harmless)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_as_it_is(text):
    """A reader sees the exact characters; invisible ones are replaced."""
    shown = "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in text)
    assert Reader(html.page(hostile_report(text))).text.count(shown) >= 10
