"""A cohort's page contains no foreign markup and stays small even with a lot of data."""

import html
import re

import cohorts
import msgspec
import pages
import pytest

from grader.protocol import RunnerFailed
from grader.report_model import Learner
from grader.reports import cohort_page as page
from grader.reports.cohort_page import overview
from grader.reports.marks import Lateness, Marks, Override
from grader.reports.statistics import Row, Tally

ADA = Row("ada", "a1", "reports/ada.json", "not met", 3.0, {"one": 3.0, "two": 0.0})
NOBODY = Row("eve", None, None, "not judged", 0.0, {}, learner=Learner("e1", "Eve"))
LATE = Lateness(late=True, days=2, share=0.25)


def summary(*rows):
    """Return a summary with these rows and a full score of 4 points."""
    found = Tally([]).summary(pages.report().tool, pages.report().course, 20, {"cpu": "judged"})
    return msgspec.structs.replace(found, max_score=4.0, submissions=list(rows))


def ada(**fields):
    return msgspec.structs.replace(ADA, **fields)


def words(text):
    """Return the words of markup, without its style sheet."""
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.S)).split())


def table(*rows):
    """Return the words of each row of the table of learners."""
    text = overview(summary(*rows))
    body = text.partition('class="list everyone"')[2].partition("<tbody>")[2].partition("</table>")[0]
    return [words(one) for one in body.split("<tr>")[1:]]


def counts(*rows):
    return words(overview(summary(*rows)).partition("<ul class=counts>")[2].partition("</ul>")[0])


def marks(**fields):
    values = {"exercises": {}, "earned": 12.0, "total": 12.0, "out_of": 15.0}
    return Marks(**(values | fields))


def test_nothing_of_a_strangers_is_markup():
    """All text from reports, names and reasons is escaped."""
    text = overview(cohorts.hostile_summary())
    assert "<script" not in text
    assert set(re.findall(r"<(\w+)", text)) <= set(
        "html head meta title style body a header p h1 h2 h3 svg rect ul li b dl dt dd code main div span table thead tr th"
        " td tbody article details summary small footer br pre g path text caption".split()
    )


def test_more_than_a_browser_bears_is_in_the_gradebook(monkeypatch):
    """With very many submissions, the page shows the first ones and says where to find the rest."""
    monkeypatch.setattr(page, "MOST_ROWS", 10)
    text = overview(cohorts.summary(25))
    assert text.count("<th scope=row>") == 10
    assert "15 more are in gradebook.csv and summary.json." in text


def test_who_was_not_judged_is_not_in_the_average():
    """The average and the bars count only submissions with a report."""
    summary = cohorts.summary(40)
    scores = [row.score for row in summary.submissions if row.report]
    mean = f"{round(sum(scores) / len(scores), 2):g} of 84 points on average"
    assert len(scores) < 40
    assert mean in overview(summary)


def test_a_cohort_of_which_nobody_was_judged():
    """Without reports, there is no average and there are no bars, only the reasons."""
    summary = cohorts.hostile_summary()
    none = msgspec.structs.replace(summary, submissions=summary.submissions[1:], exercises=[], max_score=0.0)
    text = overview(none)
    assert "on average" not in text.partition("<footer>")[0]
    assert "class=spread" not in text
    assert text.count("<td class=why>") == 2


@pytest.mark.parametrize("out_of", [4.0, 15.0])
def test_a_point_too_few_is_not_all(out_of):
    """The last bar counts only full marks, and a sum of weighted points may have a rounding error."""
    totals = (0.0, out_of - 0.01, out_of, out_of - 1e-9, out_of + 1)
    listed = [page._listing(ada(marks=marks(total=one, out_of=out_of)), 4.0) for one in totals]
    assert [step.submissions for step in page._steps(listed)] == [1, *[0] * 8, 1, 3]


def test_a_learner_has_a_name_an_id_and_a_section():
    """The id stands beside a name that differs from it, and the submission's name if nobody is known."""
    assert table(
        ada(),
        ada(learner=Learner("ab12", "Ada Lovelace", section="Group 2")),
        ada(learner=Learner("ab12")),
    ) == ["ada wrong 3 of 4", "Ada Lovelace ab12 Group 2 wrong 3 of 4", "ab12 wrong 3 of 4"]


def test_a_name_links_to_the_page_or_else_to_the_report():
    """A learner's page comes before the report, and without both there is no link."""
    text = overview(summary(ada(), ada(page="pages/ada b.html"), NOBODY))
    assert re.findall(r'<th scope=row><a href="(.*?)"', text) == ["reports/ada.json", "pages/ada%20b.html"]


def test_who_handed_in_nothing_is_not_untested():
    """A learner without a submission has a result, a count and a legend, and isn't in the average."""
    trouble = ada(report=None, status="not judged", trouble=RunnerFailed(2, "slug", "a", "b", "c", "d"))
    assert table(NOBODY, trouble, ada()) == ["Eve e1 nothing handed in", "ada not tested", "ada wrong 3 of 4"]
    assert (
        counts(NOBODY, ada(), trouble) == "1 wrong 1 not tested 1 nothing handed in 3 of 4 points on average"
    )
    assert "nothing handed in not in the average" in words(overview(summary(NOBODY)))


def test_wrong_incomplete_and_broken_are_told_apart():
    """Each has its own words and its own mark, and what doesn't run is named."""
    rows = (ada(), ada(missing=("two",)), ada(broken=("one", "two")), ada(broken=tuple("abcde")))
    assert table(*rows) == [
        "ada wrong 3 of 4",
        "ada wrong 1 of 2 handed in 3 of 4",
        "ada wrong doesn't run one, two 3 of 4",
        "ada wrong doesn't run a, b, c and 2 more 3 of 4",
    ]
    text = overview(summary(*rows))
    for mark in ("not-met", "partly", "broken"):
        assert f'<dt class="v {mark}">' in text
        assert f'="v {mark}">' in text.partition("<tbody>")[2]


def test_rows_keep_their_order():
    """The rows have the order of the summary."""
    assert [one.split()[0] for one in table(ada(name="b"), NOBODY, ada(name="a"))] == ["b", "Eve", "a"]


def test_the_points_are_those_of_the_assignment():
    """With marks, the row, the average and the distribution use the total of the assignment."""
    row = ada(marks=marks(total=9.0))
    assert table(row) == ["ada wrong 9 of 15"]
    assert counts(row) == "1 wrong 9 of 15 points on average"
    assert "1 submission with 60 per cent or more" in overview(summary(row))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (marks(total=9.0, lateness=LATE), "9 of 15 late by 2 days: 12 of 15 points before"),
        (
            marks(total=9.0, lateness=Lateness(late=True, days=1, share=0.25)),
            "9 of 15 late by 1 day: 12 of 15 points before",
        ),
        (marks(lateness=Lateness(late=True, days=2)), "12 of 15 late"),
        (marks(lateness=Lateness(late=False)), "12 of 15"),
        (marks(judged=False), "12 of 15 not final: an exercise was not tested"),
        (
            marks(
                overrides=(Override("ada", "one", 7.0, "well explained", 5.0), Override("ada", "two", 1.0))
            ),
            "12 of 15 changed by hand: one 5 → 7 (well explained) changed by hand: two → 1",
        ),
    ],
)
def test_nothing_is_hidden_in_a_number(given, said):
    """Late days, changes by hand and missing results stand beside the points."""
    assert table(ada(marks=given)) == [f"ada wrong {said}"]


def test_every_bar_of_a_column_has_the_same_room():
    """The number beside the bar has the width of the longest one, and the bar shows the same points."""
    text = overview(summary(ada(), ada(score=2.25)))
    assert f'class="list everyone" style="--n: {len("2.25 of 4")}ch"' in text
    bars = re.findall(r'<span class=bar><svg .*?width="(\d+)%".*?</svg><span>(.*?)</span>', text)
    assert bars == [("75", "3 of 4"), ("56", "2.25 of 4")]


@pytest.mark.parametrize(
    ("pairs", "said"), [(0, "0 pairs of answers look alike"), (1, "1 pair of answers looks alike")]
)
def test_similar_answers_are_linked_if_they_were_compared(pairs, said):
    """The number of pairs links to their page. Without a comparison there is no link."""
    assert f'<a href="similar.html">{said}</a>' in overview(summary(ada()), similar=pairs)
    assert "similar.html" not in overview(summary(ada()))


def test_a_lesson_shows_its_case_and_no_name():
    """The mistake has its message, its count, and both values drawn; the words address no learner."""
    text = overview(cohorts.assignment(40))
    lesson = text.partition("<h2>Time to teach</h2>")[2].partition("<h2>")[0]
    said = words(lesson)
    assert lesson.count('class="exercise lesson"') == 3
    assert "Learners read: What to know about it." in said
    assert said.count("A learner's result") >= 3
    assert said.count("Expected") >= 3
    assert "Your result" not in lesson
    assert "your result" not in lesson
    assert lesson.count("<svg class=map") >= 6


def test_the_sum_of_a_lesson_addresses_no_learner():
    """The worked sum names the result of a learner, not of the reader."""
    tally = Tally([])
    tally.add("ada", "x", pages.everything().report)
    text = overview(tally.summary(pages.report().tool, pages.report().course, 20, {"cpu": "judged"}))
    assert "= 14, the learner's result: 7" in text
    assert "your result" not in text


def test_four_hundred_learners_fit_into_300_kilobytes():
    """The page for 400 learners with sections, late days and changes by hand stays small."""
    assert len(overview(cohorts.assignment(400)).encode()) < 300_000
