"""The list of a course's exercises as Markdown."""

from __future__ import annotations

from grader.course import Course
from grader.exercises import Exercise
from grader.reports.wording import points, time


def markdown(course: Course) -> str:
    """Return the list as Markdown, the content of `exercises/README.md`."""
    lines = [
        f"# {course.settings.title}",
        "",
        f"{len(course.exercises)} exercises, {total_time(list(course.exercises.values()))} in all.",
        "Difficulty goes from 1 to 5.",
        "Do the exercises in the last column first.",
    ]
    for chapter, exercises in course.by_chapter():
        lines += ["", f"## {chapter}. {course.chapter_title(chapter)}", ""]
        lines += ["| exercise | what it asks for | points | difficulty | minutes | after |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [_row(one, course.points(one)) for one in exercises]
    return "\n".join([*lines, ""])


def _row(one: Exercise, worth: float) -> str:
    after = ", ".join(f"`{name}`" for name in one.settings.after)
    cells = (
        f"[`{one.id}`]({one.id}/README.md)",
        one.title,
        points(worth),
        str(one.settings.difficulty),
        str(one.settings.minutes),
        after,
    )
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def total_time(exercises: list[Exercise]) -> str:
    """Return the minutes of all these exercises, in words."""
    return time(sum(one.settings.minutes for one in exercises))
