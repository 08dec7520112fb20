"""Find the pages of the course, for links to the laboratory."""

from __future__ import annotations

from pathlib import Path

from grader.course import Course
from grader.errors import UsageError
from grader.reports import laboratory_links
from grader.reports.laboratory_links import Laboratory


def laboratory(course: Course, asked: str | None = None, *, beside: Path | None = None) -> Laboratory | None:
    """Return the laboratory of the site `asked`, by default the course's site, or None if there is none.

    If the course's site isn't written yet, return None. If the site `asked` is missing, raise an error.
    """
    start = course.root if asked is None else Path.cwd()
    site = course.settings.site if asked is None else asked
    base = laboratory_links.base_of(site, start, beside=beside) if site else None
    if base is None and asked:
        raise UsageError(
            "no-site",
            found=f"`{asked}` has no {laboratory_links.PAGE}",
            where="--site",
            expected="an address, or a folder that `grade site` wrote",
            remedy=f"`grade site {asked}` writes it",
        )
    return None if base is None else laboratory_links.of_course(course, base)
