"""`grade start`, `show` and `hint`: the stub, the task, the hints and the solution."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from grader.course import Course
from grader.errors import UsageError
from grader.exercises import Exercise, read_text
from grader.learner import notebook_file
from grader.learner.state.progress import standings
from grader.learner.state.shown import remember_asked, remember_hint, seen
from grader.reports import ascii_fallback, mathtext
from grader.submission.discovery import answers
from grader.submission.notebook import SUFFIX


def start(
    course: Course, name: str, folder: Path | None, console: Console, *, as_notebook: bool = False
) -> int:
    """Copy a stub into the learner's folder. Never overwrite a file."""
    exercise = course.exercise(name)
    folder = folder or course.learners_folder
    target, text = folder / exercise.stub.name, read_text(exercise.stub)
    if as_notebook:
        target = target.with_suffix(SUFFIX)
        text = notebook_file.blank(name, exercise.title, text, f"grade run {_within(course, target)}")
    try:
        if name in (there := answers(folder, course)):
            raise _already_started(folder / there[name].source.filename)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise _already_started(target) from None
    except OSError as error:
        raise UsageError(
            "unwritable-folder",
            found=f"the stub can't be written ({error.strerror})",
            where=str(target),
            expected="a folder that you may write to",
            remedy="choose another folder with --to",
        ) from None
    console.print(f"wrote {shown(target)}", soft_wrap=True)
    console.print(f"  read   grade show {name}", soft_wrap=True)
    console.print(f"  check  grade run {shown(target)}", soft_wrap=True)
    return 0


def show(course: Course, name: str, console: Console) -> int:
    """Print the task without its hints, and what is checked."""
    exercise = course.exercise(name)
    statement = read_text(exercise.statement).partition("\n## Hints\n")[0]
    console.print(_rendered(statement, console))
    console.print()
    console.print(Text("What is checked", "bold"))
    for law in exercise.checked:
        console.print(Padding(Text(ascii_fallback.fit(f"- {law.says}", console.encoding)), (0, 0, 0, 2)))
    console.print()
    read = seen(course).hints.get(name, 0)
    known = f", you have seen {read}" if read else ""
    console.print(f"{len(exercise.hints)} hints{known}: `grade hint {name}`", style="dim", soft_wrap=True)
    return 0


def show_solution(course: Course, name: str, console: Console) -> int:
    """Print the reference solution if the exercise is solved, or if it is requested a second time."""
    exercise = course.exercise(name)
    if not exercise.solution.is_file():
        raise UsageError(
            "no-solution",
            found=f"this copy of the course has no solution of `{name}`",
            where=str(exercise.solution),
            expected="the instructor's copy; a learners' copy has no solutions",
            remedy=f"`grade hint {name}` shows a hint",
        )
    if not standings(course)[name].met and name not in seen(course).asked:
        remember_asked(course, name)
        console.print(Text(f"{name} is not correct yet.", "yellow"))
        console.print(
            f"`grade hint {name}` shows a hint. To see the solution now, run this command again.",
            soft_wrap=True,
        )
        return 1
    text = read_text(exercise.solution)
    path = exercise.solution.relative_to(course.root).as_posix()
    listing = ascii_fallback.fit(f"# {path}\n{text}", console.encoding)
    if console.is_terminal:
        console.print(
            Syntax(listing, "python", theme="ansi_dark", background_color="default", word_wrap=True)
        )
    else:
        # In a pipe or a file it stays Python: no wrapping, no padding.
        console.file.write(listing)
    return 0


def hint(course: Course, name: str, number: int | None, console: Console) -> int:
    """Print one hint and how to get the next. Without a number, print the first new hint."""
    exercise = course.exercise(name)
    hints = exercise.hints
    if number is None:
        number = max(min(seen(course).hints.get(name, 0) + 1, len(hints)), 1)
    if not 1 <= number <= len(hints):
        raise UsageError(
            "no-such-hint",
            found=f"there is no hint {number}",
            where=f"grade hint {name}",
            expected=f"a number from 1 to {len(hints)}" if hints else "an exercise with hints",
            remedy=f"`grade hint {name} 1` shows the first"
            if hints
            else f"`grade show {name}` shows the statement",
        )
    print_hint(exercise, number, console)
    remember_hint(course, name, number)
    return 0


def print_hint(exercise: Exercise, number: int, console: Console) -> None:
    """Print one hint and how to get the next one."""
    hints = exercise.hints
    console.print(Text(f"Hint {number} of {len(hints)}", "bold"))
    console.print(_rendered(hints[number - 1], console))
    after = (
        f"next: grade hint {exercise.id} {number + 1}" if number < len(hints) else "this was the last hint"
    )
    console.print(after, style="dim", soft_wrap=True)


def _rendered(markdown: str, console: Console) -> Markdown:
    """Return Markdown for a terminal: formulas as text, only characters that the terminal can show."""
    return Markdown(ascii_fallback.fit(mathtext.for_terminal(markdown), console.encoding))


def _already_started(path: Path) -> UsageError:
    return UsageError(
        "already-started",
        found=f"`{path}` already exists",
        where="grade start",
        expected="a folder without an answer to this exercise",
        remedy=f"continue with it: `grade run {shown(path)}`. Or choose another folder with --to",
    )


def _within(course: Course, path: Path) -> str:
    """Return a path relative to the course's folder, or only its name if it lies elsewhere."""
    inside = path.absolute().is_relative_to(course.root)
    return shlex.quote(str(path.absolute().relative_to(course.root) if inside else path.name))


def shown(path: Path) -> str:
    """Return a path, quoted for a shell. It is relative to the current folder if it lies in it."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
