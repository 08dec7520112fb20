"""Test the changing parts of the course's pages: each answer's state and its results."""

import re

import msgspec
import pages

from grader.measure_model import Contender, MeasuredPoint, Measurement
from grader.reports import html, livepages
from grader.reports.livepages import Known
from grader.source_text import SourceText

ELSEWHERE = (pages.law("shape", device="sim", evidence=True), pages.law("device", "not met", device="sim"))
ANSWER = {"toeplitz_1d": SourceText("def build_toeplitz_1d(kernel, n):\n", "f.py")}


def said(part):
    return re.sub(
        r"\s+", " ", re.sub("<[^>]*>", "", re.search(r"<p class=now>(.*?)</p>", part, re.DOTALL)[1])
    )


def result(verdict="met", **fields):
    law = pages.law("values", verdict, **fields)
    return msgspec.structs.replace(pages.exercise("toeplitz_1d", law), title="T")


def test_an_exercise_says_where_it_stands(course):
    """The states not begun, not graded yet, being graded and graded are never confused."""
    one = course.exercises["toeplitz_1d"]
    found = {
        name: said(livepages.verdict(course, one, known))
        for name, known in {
            "nothing": Known("me"),
            "saved": Known("me", ANSWER, loading=True),
            "judging": Known("me", ANSWER, judging=one.id, ruled=(pages.law("shape"), *ELSEWHERE)),
            "met": Known("me", ANSWER, {one.id: result()}),
            "not met": Known("me", ANSWER, {one.id: result("not met")}),
        }.items()
    }
    assert found == {
        "nothing": "You have not started yet. Save toeplitz_1d.py in me: it is tested each time you save.",
        "saved": "not tested yet; the grader is loading",
        "judging": f"testing, 1 of {len(one.laws)} tests done",
        "met": "correct, 2 of 2 points",
        "not met": "wrong, 0 of 2 points",
    }


def test_the_first_findings_are_shown_at_once(course):
    """An unmet property's figure is shown while other properties are still being tested."""
    one = course.exercises["toeplitz_1d"]
    case = pages.case(
        pages.vector(1), pages.vector(2), pages.vector(1), call="build_toeplitz_1d(kernel=[1], n=1)"
    )
    ruled = (pages.law("values", "not met", counterexample=case),)
    part = livepages.verdict(course, one, Known("me", ANSWER, judging=one.id, ruled=ruled))
    assert part.count("<svg") == 2
    assert '<a href="../laboratory.html#x=1&amp;h=1">Open this case in the laboratory</a>' in part


def test_the_index_counts_what_is_met(course):
    """Each answer has its own line in the index, and there are no other lines."""
    known = Known("me", ANSWER | {"circulant": SourceText("", "f.py")}, {"toeplitz_1d": result()})
    part = livepages.standing(course, known)
    assert said(part) == f"1 of {len(course.exercises)} exercises correct."
    assert re.findall(r'href="exercises/(\w+)\.html"', part) == ["toeplitz_1d", "circulant"]
    assert re.findall(r'<span class="v ([a-z-]*)">', part) == ["met", ""]


def test_trouble_is_told_as_text(course):
    """Every page shows the grader's own error, as text and not as markup."""
    known = Known("<me>", trouble="error[near-side]: <b>\n  where: here\x1b[0m")
    for part in (
        livepages.standing(course, known),
        livepages.verdict(course, course.exercises["circulant"], known),
    ):
        assert "<pre class=trouble>error[near-side]: &lt;b&gt;\n  where: here\ufffd[0m</pre>" in part
        assert "<me>" not in part


def test_a_part_is_never_too_large(course):
    """A part that would be too large shows fewer figures."""
    one = course.exercises["toeplitz_1d"]
    side = [1.0] * 32
    case = pages.case(*[pages.matrix(*[side] * 32)] * 3, call="build_toeplitz_1d(kernel=[1], n=1)")
    laws = [pages.law(f"law{number}", "not met", counterexample=case) for number in range(30)]
    whole = msgspec.structs.replace(pages.exercise(one.id, *laws))
    part = livepages.verdict(course, one, Known("me", ANSWER, {one.id: whole}))
    assert len(part.encode()) < livepages.LARGEST
    assert html.DETAILS[-1].drawn == 0


def test_a_correct_answer_can_be_measured(course):
    """A correct answer shows its latest measurement, or how to make one. A wrong answer shows neither."""
    one = course.exercises["toeplitz_1d"]
    contender = Contender(
        "yours", "Your answer.", "yours", [MeasuredPoint(n, n * 1e-6, 0.01, 7) for n in (8, 16)]
    )
    measured = Measurement(
        format=1,
        tool=pages.report().tool,
        exercise=one.id,
        title="T",
        function="f",
        sha256="",
        size="the length",
        device="cpu",
        environment=pages.report().environment,
        contenders=[contender],
        operations={},
        compared=16,
        agrees=True,
    )
    right, wrong = {one.id: result()}, {one.id: result("not met")}
    drawn = livepages.verdict(course, one, Known("me", ANSWER, right, measured={one.id: measured}))
    assert "growth" in drawn
    assert "measures again" in drawn
    assert f"grade measure {one.id}" in livepages.verdict(course, one, Known("me", ANSWER, right))
    assert "grade measure" not in livepages.verdict(course, one, Known("me", ANSWER, wrong))
