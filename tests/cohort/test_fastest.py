"""`grade cohort --measure`: times of correct answers, beside the reference, without changing a score."""

import cohorts
import pytest

from grader.cohort import fastest
from grader.measure_model import MeasuredPoint
from grader.measure_settings import MeasureSettings
from grader.protocol import RunnerCompared, RunnerMeasured
from grader.reports import fastest_answers
from grader.reports.statistics import AnswerTime


@pytest.fixture
def run(monkeypatch, course, tmp_path):
    """Grade and measure a cohort. The submission `slow` takes twice as long as the others."""
    asked = []

    def measured(_course, jobs, _options):
        asked.extend(jobs)
        for job in jobs:
            seconds = 4e-5 if "slow" in job.source.text else 2e-5
            for name, took in (("yours", seconds), ("reference", 1e-5)):
                yield RunnerMeasured(contender=name, point=MeasuredPoint(job.only_size, took, 0.01, 7))
            yield RunnerCompared(size=job.only_size, agrees="shortcut" not in job.source.text)

    monkeypatch.setattr(fastest, "measured", measured)

    def run(**chosen):
        ran = cohorts.run(monkeypatch, tmp_path / "in", course, out=tmp_path / "out", **chosen)
        return ran, asked, (tmp_path / "out/index.html").read_text(encoding="utf-8")

    for name, text in (("ada", ""), ("bob", "# slow"), ("cem", "# shortcut"), ("eve", "wrong = 1")):
        cohorts.submission(tmp_path / "in", name, f"right = 1\n{text}\n")
    return run


def test_correct_answers_are_timed(run):
    """Only correct answers are timed, all at one size; the fastest comes first."""
    _, asked, page = run(measure=True)
    assert len(asked) == 3
    assert len({job.only_size for job in asked}) == 1
    table = page[page.index("Fastest correct answers") :]
    assert table.index("ada") < table.index("bob")
    assert "2 times slower than the reference" in table
    assert "2 measured" in table


def test_without_the_option_nothing_is_timed(run):
    """Without --measure, nothing is timed and the page has no such table."""
    _, asked, page = run()
    assert asked == []
    assert "Fastest correct answers" not in page


@pytest.mark.parametrize(
    ("seconds", "spread", "expected"),
    [
        (1e-5, 0.0, "as fast as the reference"),
        (1.2e-5, 0.3, "as fast as the reference"),
        (3e-5, 0.1, "3 times slower than the reference"),
        (2.5e-6, 0.1, "4 times faster than the reference"),
    ],
)
def test_a_difference_within_the_spread_is_none(seconds, spread, expected):
    """Times that don't differ by more than their spread are called equal."""
    assert fastest_answers.beside(AnswerTime("a", 64, seconds, spread, 1e-5)) == expected


def test_the_usual_size_lies_in_the_middle():
    """All answers are timed at the size in the middle of the range."""
    settings = MeasureSettings(function="f", inputs={}, sizes=(16, 4096))
    assert fastest.usual_size(settings) == 256
