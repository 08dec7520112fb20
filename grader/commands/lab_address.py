"""Where the course's pages are, for links to the laboratory."""

from __future__ import annotations

from pathlib import Path

from grader.course import Course
from grader.errors import UsageError
from grader.reports import laboratory_links
from grader.reports.laboratory_links import Laboratory


def laboratory(course: Course, asked: str | None = None, *, beside: Path | None = None) -> Laboratory | None:
    """Return the laboratory of the site that was asked for, else of the course's; None where there is none.

    The course may name a folder that isn't written yet; whoever asks for one means one that is there.
    """
    start = course.root if asked is None else Path.cwd()
    site = course.settings.site if asked is None else asked
    base = laboratory_links.base_of(site, start, beside=beside) if site else None
    if base is None and asked:
        raise UsageError(
            "no-site",
            found=f"no {laboratory_links.PAGE} in `{asked}`",
            where="--site",
            expected="an address, or a folder that `grade site` wrote",
            remedy=f"`grade site {asked}` writes it",
        )
    return None if base is None else laboratory_links.of_course(course, base)
