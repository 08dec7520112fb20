"""A cohort's page contains no foreign markup and stays small even with a lot of data."""

import re

import cohorts
import msgspec

from grader.reports import cohort_page as page
from grader.reports.cohort_page import overview


def test_nothing_of_a_strangers_is_markup():
    """All text from reports, names and reasons is escaped."""
    text = overview(cohorts.hostile_summary())
    assert "<script" not in text
    assert set(re.findall(r"<(\w+)", text)) <= set(
        "html head meta title style body a header p h1 h2 h3 svg rect ul li b dl dt dd code main div span table thead tr th"
        " td tbody article details summary small footer br".split()
    )


def test_more_than_a_browser_bears_is_in_the_gradebook(monkeypatch):
    """With very many submissions, the page shows the first ones and says where to find the rest."""
    monkeypatch.setattr(page, "MOST_ROWS", 10)
    text = overview(cohorts.summary(25))
    assert text.count("<th scope=row>") - text.count("<td class=why>") == 10
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


def test_a_point_too_few_is_not_all():
    """The last bar counts only submissions with full marks."""
    summary = cohorts.summary(3)
    rows = [
        msgspec.structs.replace(row, score=score, report="x")
        for row, score in zip(
            summary.submissions, (0.0, summary.max_score - 0.01, summary.max_score), strict=True
        )
    ]
    assert [step.submissions for step in page._steps(rows, summary.max_score)] == [1, *[0] * 8, 1, 1]
