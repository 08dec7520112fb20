"""Moodle: a CSV for the grade import, where a teacher maps the columns.

https://docs.moodle.org/en/Grade_import
https://github.com/moodle/moodle/blob/main/public/grade/import/csv/classes/load_data.php
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.report_model import ExerciseResult, Verdict
from grader.reports.exports import gradebooks, listed_tests
from grader.reports.exports.gradebooks import GradeColumns, Graded
from grader.reports.exports.texts import cell
from grader.reports.folded_devices import folded
from grader.reports.marks_text import explanations, of_points
from grader.reports.wording import points, word

LEARNER = ["Username", "ID number", "Email address"]


def gradebook(rows: Sequence[Graded], column: str | None = None) -> str:
    """Return the gradebook: what Moodle finds a learner by, then a grade and feedback for each column."""
    # Moodle's import stops at the first learner that it doesn't find.
    if unknown := [row for row in rows if not any(_learner(row))]:
        raise gradebooks.nobody(
            unknown,
            "username, ID number or email address",
            "grade the cohort with a roster (`--roster`), or export with `--to moodle-worksheet`",
        )
    return gradebooks.table(_rows(rows, gradebooks.grade_columns(rows, column)))


def feedback(exercise: ExerciseResult) -> str:
    """Return one line about an exercise, without any of the learner's text."""
    earned = f"{points(exercise.score)} of {points(exercise.max_score)} points"
    return cell("; ".join([earned, *_findings(exercise)]))


def overall(row: Graded, out_of: float) -> str:
    """Return one line about a submission: its points, the late rule, changes by hand, and each exercise."""
    if row.report is None and row.total is None:
        return row.trouble
    parts = [] if row.total is None else [f"{of_points(row.total, out_of)}."]
    parts += [] if row.marks is None else explanations(row.marks)
    for one in row.report.exercises if row.report else ():
        parts.append(f"{one.id}: {'; '.join(_findings(one)) or word(one.status)}.")
    return cell(" ".join(parts))


def _findings(exercise: ExerciseResult) -> list[str]:
    """Return the tests that are wrong or not tested, and the known mistakes."""
    if not exercise.handed_in:
        return [gradebooks.ABSENT]
    found = listed_tests.shown(exercise)
    parts = []
    verdicts: tuple[Verdict, ...] = ("not met", "not judged")
    for verdict in verdicts:
        names = [one.name for one in found if one.verdict == verdict]
        if names:
            parts.append(f"{word(verdict)}: {', '.join(names)}")
    laws = [one for one in folded(exercise.properties) if not one.hidden]
    known = dict.fromkeys(one.misconception.name for one in laws if one.misconception is not None)
    return [*parts, *known]


def _rows(rows: Sequence[Graded], grades: GradeColumns) -> Iterator[list[str]]:
    # Of single reports, only the folder's name is known.
    width = 1 if all(row.bare for row in rows) else len(LEARNER)
    heads = (_heads(one, is_total=grades.is_total) for one in grades.worth)
    yield [*LEARNER[:width], *(cell(head) for pair in heads for head in pair)]
    for row in rows:
        pairs = zip(grades.cells(row), _feedback(row, grades), strict=True)
        yield [*map(cell, _learner(row)[:width]), *(part for pair in pairs for part in pair)]


def _heads(title: str, *, is_total: bool) -> tuple[str, str]:
    return (title if is_total else f"Assignment: {title}"), f"Feedback: {title}"


def _learner(row: Graded) -> list[str]:
    one = row.learner
    return [one.id if row.bare else one.login, row.school_id, one.email]


def _feedback(row: Graded, grades: GradeColumns) -> list[str]:
    """Return the feedback for each column."""
    if grades.is_total:
        return [overall(row, out_of) for out_of in grades.worth.values()]
    done = {} if row.report is None else gradebooks.answers(row.report)
    return [feedback(done[one]) if one in done else row.trouble for one in grades.worth]
