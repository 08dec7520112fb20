"""`grade list`: the chapters, the exercises with their times, and the learner's progress."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.course import Course
from grader.exercises import Exercise
from grader.learner import next_step
from grader.learner.state.progress import Standing, standings, whole
from grader.reports import ascii_fallback
from grader.reports.course_list import total_time
from grader.reports.wording import points

HARDEST = 5
WIDE = 110
# From this width on, titles are shown: up to WIDE instead of the time and the difficulty.
MIDDLE = 76
# Below this width there is room only for the progress.
NARROW = 60
TAKEN = 70
# Two columns of space behind each of three cells.
PADDING = 6


def list_exercises(course: Course, console: Console) -> int:
    """Print the exercises by chapter in the order in which they build on each other, and what to do next."""
    standing = standings(course)
    console.print(Text(course.settings.title, "bold"))
    console.print(Text(_summary(course, standing)))
    for chapter, exercises in course.by_chapter():
        console.print()
        console.print(_heading(course, chapter, exercises))
        console.print(_table(course, exercises, standing, console))
    for name, error in course.broken.items():
        console.print()
        console.print(Text(f"{name} is skipped: {error.found}", "red"), soft_wrap=True)
        console.print(f"  `grade check {name}` shows what to fix", style="dim")
    console.print()
    console.print(next_step.line(course), style="dim", soft_wrap=True)
    return 0


def _summary(course: Course, standing: Mapping[str, Standing]) -> str:
    met = sum(one.met for one in standing.values())
    reached = {name: one.reached for name, one in standing.items() if one.reached}
    earned = sum(one.score for one in reached.values())
    most = whole(course, {name: one.max_score for name, one in reached.items()})
    return f"{met} of {len(course.exercises)} exercises correct, {points(earned)} of {points(most)} points"


def _heading(course: Course, chapter: int, exercises: list[Exercise]) -> Text:
    title = f"{chapter}. {course.chapter_title(chapter)}"
    return Text.assemble((title, "bold"), ("  " + total_time(exercises), "dim"))


def _table(
    course: Course, exercises: list[Exercise], standing: Mapping[str, Standing], console: Console
) -> Table:
    plain = ascii_fallback.is_plain(console.encoding)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    # The same widths in every chapter.
    longest = max(len(name) for name in course.exercises) + 2
    table.add_column(no_wrap=True, overflow="fold", min_width=longest)
    has_titles, has_levels = console.width >= MIDDLE, not MIDDLE <= console.width < WIDE
    if console.width >= WIDE:
        widest = max(len(one.title) for one in course.exercises.values())
        table.add_column(overflow="fold", min_width=min(widest, console.width - TAKEN))
    elif has_titles:
        told = max(len(_progress(one, plain=plain)[2]) for one in standing.values())
        room = console.width - longest - told - PADDING
        table.add_column(no_wrap=True, overflow="ellipsis", min_width=room, max_width=room)
    if has_levels and console.width >= NARROW:
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=console.width >= NARROW, overflow="fold")
    for one in exercises:
        mark, style, words = _progress(standing[one.id], plain=plain)
        cells = [Text(f"{mark} {one.id}", style)]
        if has_titles:
            cells.append(Text(ascii_fallback.fit(one.title, console.encoding)))
        if has_levels and console.width >= NARROW:
            cells += [Text(_level(one.settings.difficulty, plain=plain)), Text(f"{one.settings.minutes} min")]
        table.add_row(*cells, Text(words, style))
    return table


def _level(difficulty: int, *, plain: bool) -> str:
    full, empty = ("*", ".") if plain else ("●", "○")
    return full * difficulty + empty * (HARDEST - difficulty)


def _progress(standing: Standing, *, plain: bool) -> tuple[str, str, str]:
    """Return a mark, its style, and the progress in words."""
    reached = standing.reached
    if standing.met:
        return ("+" if plain else "✓", "green", "correct")
    if standing.done and reached is not None:
        return ("o" if plain else "○", "green", f"{points(reached.score)} points, other tests can't run here")
    if reached is not None:
        words = f"{points(reached.score)} of {points(reached.max_score)} points"
        return ("x" if plain else "✗", "yellow", words)
    if standing.started:
        return ("-" if plain else "·", "yellow", "not tested yet")
    return (" ", "", "")
