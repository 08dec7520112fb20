"""The course as static pages without scripts: an index, and a page per exercise.

They show the reference only with `solutions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from grader.course import Course
from grader.exercises import Exercise, read_text
from grader.reports import laboratory, laboratory_links, pages, statements
from grader.reports.statements import SOURCES
from grader.reports.wording import points, time

FOLDER = "exercises"
STUBS = "stubs"
LEVELS = ("very easy", "easy", "medium", "hard", "very hard")
SERVED = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
# `file:` is for browsers that don't count files of one folder as 'self'.
ALONE = "default-src 'none'; style-src 'self' file:; img-src 'self' file:"


@dataclass(frozen=True)
class Chapter:
    """One chapter of the index."""

    number: int
    title: str
    time: str
    exercises: list[Exercise]


@dataclass(frozen=True)
class Neighbours:
    """The links of an exercise: exercises it builds on, exercises that build on it, previous and next."""

    after: list[Exercise]
    leads_to: list[Exercise]
    previous: Exercise | None
    following: Exercise | None


def files(course: Course, *, solutions: bool = False) -> dict[str, str]:
    """Return the texts of all pages and of the files that they load, by path in one folder."""
    found = {"index.html": index(course)}
    for one in course.exercises.values():
        found[f"{FOLDER}/{one.id}.html"] = exercise_page(course, one, solutions=solutions)
    return found | assets(course)


def assets(course: Course) -> dict[str, str]:
    """Return the files that the pages load and link to: the style sheet, the stubs, the laboratory."""
    stubs = {f"{STUBS}/{one.stub.name}": read_text(one.stub) for one in course.exercises.values()}
    return (
        {"site.css": str(pages.style("report.css", "site.css", "measure.css"))} | stubs | laboratory.files()
    )


def index(course: Course, *, live: Markup | None = None) -> str:
    """Return the page that lists the exercises by chapter. `live` is the part that a script replaces."""
    return pages.template("index.html").render(
        course=course,
        chapters=list(_chapters(course)),
        time=time(sum(one.settings.minutes for one in course.exercises.values())),
        whole=points(sum(course.points(one) for one in course.exercises.values())),
        levels=LEVELS,
        policy=ALONE if live is None else SERVED,
        live=live,
    )


def exercise_page(
    course: Course, exercise: Exercise, *, solutions: bool = False, live: Markup | None = None
) -> str:
    """Return the page of an exercise. Hidden tests appear only with `solutions`."""
    parts = statements.parts(read_text(exercise.statement))
    return pages.template("exercise.html").render(
        course=course,
        exercise=exercise,
        chapter=course.chapter_title(exercise.settings.chapter),
        levels=LEVELS,
        beside=_neighbours(course, exercise),
        parts=[one for one in parts if one.heading != SOURCES],
        sources=[one for one in parts if one.heading == SOURCES],
        hints=[statements.rendered(one) for one in exercise.hints],
        laws=[one for one in exercise.checked if solutions or not one.hidden],
        stub=read_text(exercise.stub),
        mine=course.settings.submission,
        laboratory=laboratory_links.of_course(course, "../").example(exercise.id),
        solution=read_text(exercise.solution) if solutions and exercise.solution.is_file() else "",
        policy=ALONE if live is None else SERVED,
        live=live,
    )


def _chapters(course: Course) -> Iterator[Chapter]:
    for number, exercises in course.by_chapter():
        minutes = sum(one.settings.minutes for one in exercises)
        yield Chapter(number, course.chapter_title(number), time(minutes), exercises)


def _neighbours(course: Course, exercise: Exercise) -> Neighbours:
    ordered = list(course.exercises.values())
    at = ordered.index(exercise)
    return Neighbours(
        [course.exercises[name] for name in exercise.settings.after if name in course.exercises],
        [one for one in ordered if exercise.id in one.settings.after],
        ordered[at - 1] if at else None,
        ordered[at + 1] if at + 1 < len(ordered) else None,
    )
