"""`grade start`, `show` and `hint`: what a learner reads before writing."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from grader.course import Course
from grader.errors import UsageError
from grader.exercises import read_text
from grader.reports import mathtext


def start(course: Course, name: str, folder: Path | None, console: Console) -> int:
    """Copy a stub into the learner's folder; what is already there is never overwritten."""
    exercise = course.exercise(name)
    target = (folder or course.root / course.settings.submission) / exercise.stub.name
    text = read_text(exercise.stub)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(
            "already-started",
            found=f"`{target}` is already there",
            where="grade start",
            expected="a folder without that file",
            remedy=f"go on with it: `grade run {shown(target)}`; or name another folder with --to",
        ) from None
    except OSError as error:
        raise UsageError(
            "unwritable-folder",
            found=f"the stub can't be written ({error.strerror})",
            where=str(target),
            expected="a folder that you may write in",
            remedy="name another folder with --to",
        ) from None
    console.print(f"wrote {shown(target)}", soft_wrap=True)
    console.print(f"  read   grade show {name}", soft_wrap=True)
    console.print(f"  judge  grade run {shown(target)}", soft_wrap=True)
    return 0


def show(course: Course, name: str, console: Console) -> int:
    """Print a statement without its hints, and what is checked."""
    exercise = course.exercise(name)
    statement = read_text(exercise.statement).partition("\n## Hints\n")[0]
    console.print(Markdown(mathtext.for_terminal(statement)))
    console.print()
    console.print(Text("What is checked", "bold"))
    for law in exercise.laws:
        console.print(Padding(Text(f"- {law.says}"), (0, 0, 0, 2)))
    console.print()
    console.print(f"{len(exercise.hints)} hints: `grade hint {name}`", style="dim")
    return 0


def hint(course: Course, name: str, number: int, console: Console) -> int:
    """Print one hint, and how to get the next."""
    exercise = course.exercise(name)
    hints = exercise.hints
    if not 1 <= number <= len(hints):
        raise UsageError(
            "no-such-hint",
            found=f"hint {number}",
            where=f"grade hint {name}",
            expected=f"a number from 1 to {len(hints)}" if hints else "an exercise with hints",
            remedy=f"`grade hint {name}` shows the first"
            if hints
            else f"`grade show {name}` shows the statement",
        )
    console.print(Text(f"Hint {number} of {len(hints)}", "bold"))
    console.print(Markdown(mathtext.for_terminal(hints[number - 1])))
    if number < len(hints):
        console.print(f"next: grade hint {name} {number + 1}", style="dim")
    return 0


def shown(path: Path) -> str:
    """Return a path as it is best typed from here."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
