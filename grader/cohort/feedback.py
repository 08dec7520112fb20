"""Writes one page for each learner, to give back, and packs them for the platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.cohort.cohort_summary import FEEDBACK, place_of
from grader.cohort.feedback_zip import ZIPS, packed
from grader.cohort.folder_scan import CohortEntry
from grader.cohort.report_store import unwritable
from grader.course import Course
from grader.errors import GraderError
from grader.report_model import Report
from grader.reports import feedback_markdown, feedback_page, html, report_json
from grader.reports.feedback_page import GivenBack, given_back
from grader.reports.statistics import Summary
from grader.source_text import SourceText

PAGES = (".html", ".md")
OPTION = "--json-dir"


@dataclass(frozen=True)
class Answered:
    """A submission with its report, and the file name of its page."""

    entry: CohortEntry
    told: GivenBack
    file: str


def write(  # noqa: PLR0917 - the parts of one cohort, which its only caller has at hand
    entries: Sequence[CohortEntry],
    summary: Summary,
    reports: Callable[[CohortEntry], Report | None],
    out: Path,
    form: Literal["html", "md"],
    course: Course,
    layout: str,
) -> dict[str, str]:
    """Write a page for each submission that has a report, and delete the pages of other submissions.

    For Moodle and Canvas, also write a zip file that the platform imports. Return the path of each page,
    relative to `out`, by the submission's name.
    """
    folder = out / FEEDBACK
    formulas = html.formulas_of(course) if form == "html" else {}
    files: dict[str, CohortEntry] = {}
    _make(folder)
    for one in _answered(entries, summary, reports, f".{form}"):
        text = _text(one, form, course, formulas)
        report_json.write(text.encode(), folder / one.file, option=OPTION)
        files[one.file] = one.entry
    _delete(
        one for one in folder.iterdir() if one.suffix in PAGES and one.is_file() and one.name not in files
    )
    _pack(files, out, layout, f".{form}")
    return {entry.name: f"{FEEDBACK}/{file}" for file, entry in files.items()}


def _answered(
    entries: Sequence[CohortEntry],
    summary: Summary,
    reports: Callable[[CohortEntry], Report | None],
    suffix: str,
) -> Iterator[Answered]:
    # Two submissions can have the same name, but not the same report.
    marks = {row.report: row.marks for row in summary.submissions if row.report is not None}
    for entry in entries:
        report = reports(entry)
        if report is not None:
            told = given_back(report, entry.learner.shown, marks.get(place_of(entry)))
            yield Answered(entry, told, f"{entry.slug}{suffix}")


def _text(one: Answered, form: Literal["html", "md"], course: Course, formulas: Mapping[str, str]) -> str:
    if form == "md":
        return feedback_markdown.document(one.told)
    return feedback_page.page(one.told, formulas=formulas, sources=_sources(one, course))


def _sources(one: Answered, course: Course) -> dict[str, SourceText]:
    """Return the graded texts, or none if the submission has changed since then."""
    report = one.told.report
    try:
        text = one.entry.read(course, tuple(each.id for each in report.exercises))
    except GraderError:
        return {}
    same = text.sha256 == report.submission.sha256
    return {file.exercise: file.source for file in text.files} if same else {}


def _pack(files: Mapping[str, CohortEntry], out: Path, layout: str, suffix: str) -> None:
    """Write the zip file for this layout. Delete those for other layouts: their pages are older."""
    for name, (archive, path_of) in ZIPS.items():
        found = {path_of(entry, suffix): out / FEEDBACK / file for file, entry in files.items()}
        inside = {path: file for path, file in found.items() if path is not None}
        if name == layout and inside:
            report_json.write(packed(inside), out / archive, option=OPTION)
        else:
            _delete([out / archive])


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, f"the folder can't be created: {error.strerror}") from None


def _delete(paths: Iterator[Path] | Sequence[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, f"this old file can't be deleted: {error.strerror}") from None
