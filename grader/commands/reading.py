"""`grade start`, `show` and `hint`: what a learner reads before writing, and the solution after it."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from grader.commands.progress import standings
from grader.commands.seen import remember_asked, remember_hint, seen
from grader.course import Course
from grader.errors import UsageError
from grader.exercises import read_text
from grader.reports import mathtext, signs


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
    console.print(_rendered(statement, console))
    console.print()
    console.print(Text("What is checked", "bold"))
    for law in exercise.laws:
        console.print(Padding(Text(signs.fit(f"- {law.says}", console.encoding)), (0, 0, 0, 2)))
    console.print()
    read = seen(course).hints.get(name, 0)
    known = f", {read} of them seen" if read else ""
    console.print(f"{len(exercise.hints)} hints{known}: `grade hint {name}`", style="dim", soft_wrap=True)
    return 0


def show_solution(course: Course, name: str, console: Console) -> int:
    """Print the reference once the exercise is met, or when it is asked for a second time."""
    exercise = course.exercise(name)
    if not exercise.solution.is_file():
        raise UsageError(
            "no-solution",
            found=f"this copy of the course holds no solution of `{name}`",
            where=str(exercise.solution),
            expected="the instructor's copy; a learners' copy has no reference",
            remedy=f"`grade hint {name}` shows the hints",
        )
    if not standings(course)[name].met and name not in seen(course).asked:
        remember_asked(course, name)
        console.print(Text(f"{name} is not met yet.", "yellow"))
        console.print(
            f"`grade hint {name}` shows a hint. To see the solution now, ask for it again.", soft_wrap=True
        )
        return 1
    text = read_text(exercise.solution)
    path = exercise.solution.relative_to(course.root).as_posix()
    listing = signs.fit(f"# {path}\n{text}", console.encoding)
    if console.is_terminal:
        console.print(
            Syntax(listing, "python", theme="ansi_dark", background_color="default", word_wrap=True)
        )
    else:
        # In a pipe or a file it stays Python: nothing is wrapped, nothing padded.
        console.file.write(listing)
    return 0


def hint(course: Course, name: str, number: int | None, console: Console) -> int:
    """Print one hint, the first that wasn't seen yet unless a number is given, and how to get the next."""
    exercise = course.exercise(name)
    hints = exercise.hints
    if number is None:
        number = max(min(seen(course).hints.get(name, 0) + 1, len(hints)), 1)
    if not 1 <= number <= len(hints):
        raise UsageError(
            "no-such-hint",
            found=f"hint {number}",
            where=f"grade hint {name}",
            expected=f"a number from 1 to {len(hints)}" if hints else "an exercise with hints",
            remedy=f"`grade hint {name} 1` shows the first"
            if hints
            else f"`grade show {name}` shows the statement",
        )
    console.print(Text(f"Hint {number} of {len(hints)}", "bold"))
    console.print(_rendered(hints[number - 1], console))
    remember_hint(course, name, number)
    following = f"next: grade hint {name} {number + 1}" if number < len(hints) else "that was the last one"
    console.print(following, style="dim", soft_wrap=True)
    return 0


def _rendered(markdown: str, console: Console) -> Markdown:
    """Return Markdown for a terminal, its formulas as text, with no sign that the terminal lacks."""
    return Markdown(signs.fit(mathtext.for_terminal(markdown), console.encoding))


def shown(path: Path) -> str:
    """Return a path as it is best typed from here."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
