"""A small cohort with names that platforms, spreadsheets and web pages get wrong."""

from dataclasses import dataclass

import pages

from grader.cohort.folder_scan import CohortEntry, FileNames
from grader.errors import UsageError
from grader.protocol import RunnerFailed
from grader.report_model import Learner, SourceError
from grader.reports.marks import Lateness, Marks, Override
from grader.reports.statistics import Row, Summary
from grader.source_text import SourceText
from grader.submission.discovery import SubmissionText, SubmittedFile

NAMES = {
    "4711": "Seán O'Connor",
    "4712": "Jürgen Müller-Lüdenscheidt",
    "4713": "李小龙",
    "4714": "=HYPERLINK(0)",
    "4715": "12345",
}


@dataclass(frozen=True)
class Written:
    """A text source that needs no disk."""

    text: SubmissionText

    def read(self, course, wanted):
        if isinstance(self.text, Exception):
            raise self.text
        return self.text


def marker(number):
    """Return a word that occurs only in this learner's texts."""
    return f"Kennwort{number}Ende"


def source(number):
    return SourceText(f"def f(x):\n    return {marker(number)}  # a_b <b>\n", "one.py")


def text(number):
    return SubmissionText(f"/home/prof/{number}", (SubmittedFile("one", source(number)),))


def exercises(number):
    """Return results with the learner's own words everywhere."""
    own = marker(number)
    wrong = pages.law(
        "values",
        "not met",
        reason=f"2 of 3 entries differ, says {own}",
        counterexample=pages.case(
            pages.vector(7.0, 7.0, 17.0),
            pages.vector(11.0, 14.0, 17.0),
            pages.vector(-4.0, -7.0, 0.0),
            call=f"{own}(kernel=[1, 2])",
            inputs={"x": pages.SIGNAL},
        ),
        misconception=pages.known("mistake"),
    )
    broken = pages.law("load", "not met", cause="error", reason=f"NameError: {own}")
    return (
        pages.exercise("one", pages.law("shape"), wrong, stdout=f"{own} <world>\n"),
        pages.exercise("two", broken, error=SourceError("NameError", own, 1, own)),
    )


def report(number):
    found = text(number)
    submission = pages.Submission(found.name, found.sha256, learner=number, learner_name=NAMES[number])
    return pages.report(*exercises(number), submission=submission)


def marks(number):
    """Return the marks: late, and changed by hand with a comment about this learner."""
    change = Override(number, "two", 1.0, f"explained it: {marker(number)}", 0.0)
    late = Lateness(late=True, handed_in="2026-12-03T08:00:00+01:00", days=2, share=0.2)
    return Marks({"one": 2.0, "two": 1.0}, 3.0, 2.4, 6.0, lateness=late, overrides=(change,))


def entry(number, members=(), slug_of=None):
    learner = Learner(number, NAMES[number], platform=number)
    name = f"{NAMES[number]}_{number}"
    slug = (slug_of or FileNames())(name)
    return CohortEntry(name, slug, learner, Written(text(number)), members=tuple(members))


def row(one, number, **fields):
    values = {
        "name": one.name,
        "sha256": text(number).sha256,
        "report": f"reports/{one.slug}.json",
        "status": "not met",
        "score": 2.0,
        "exercises": {"one": 2.0, "two": 0.0},
        "learner": one.learner,
        "marks": marks(number),
    }
    return Row(**(values | fields))


def summary(*rows):
    blank = pages.report()
    return Summary(1, blank.tool, blank.course, 20, {}, 6.0, list(rows), [])


def trouble(slug="runner"):
    return RunnerFailed.of(UsageError(slug, found="it ended", where="there", expected="", remedy=""))
