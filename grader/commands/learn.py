"""`grade start`, `show` and `hint`: what a learner reads before writing, and the solution after it."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from grader.commands import notebook
from grader.commands.state.progress import standings
from grader.commands.state.seen import remember_asked, remember_hint, seen
from grader.course import Course
from grader.errors import UsageError
from grader.exercises import Exercise, read_text
from grader.reports import ascii_fallback, mathtext
from grader.submission.discovery import answers
from grader.submission.notebook import SUFFIX


def start(
    course: Course, name: str, folder: Path | None, console: Console, *, as_notebook: bool = False
) -> int:
    """Copy a stub into the learner's folder; what is already there is never overwritten."""
    exercise = course.exercise(name)
    folder = folder or course.learners_folder
    target, text = folder / exercise.stub.name, read_text(exercise.stub)
    if as_notebook:
        target = target.with_suffix(SUFFIX)
        text = notebook.blank(name, exercise.title, text, f"grade run {_within(course, target)}")
    try:
        if name in (there := answers(folder, course)):
            raise _already_started(folder / there[name].filename)
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
    for law in exercise.checked:
        console.print(Padding(Text(ascii_fallback.fit(f"- {law.says}", console.encoding)), (0, 0, 0, 2)))
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
        console.print(Text(f"{name} is not correct yet.", "yellow"))
        console.print(
            f"`grade hint {name}` shows a hint. To see the solution now, ask for it again.", soft_wrap=True
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
    print_hint(exercise, number, console)
    remember_hint(course, name, number)
    return 0


def print_hint(exercise: Exercise, number: int, console: Console) -> None:
    """Print one hint, and how to get the next."""
    hints = exercise.hints
    console.print(Text(f"Hint {number} of {len(hints)}", "bold"))
    console.print(_rendered(hints[number - 1], console))
    after = f"next: grade hint {exercise.id} {number + 1}" if number < len(hints) else "that was the last one"
    console.print(after, style="dim", soft_wrap=True)


def _rendered(markdown: str, console: Console) -> Markdown:
    """Return Markdown for a terminal, its formulas as text, with no sign that the terminal lacks."""
    return Markdown(ascii_fallback.fit(mathtext.for_terminal(markdown), console.encoding))


def _already_started(path: Path) -> UsageError:
    return UsageError(
        "already-started",
        found=f"`{path}` is already there",
        where="grade start",
        expected="a folder without an answer to the exercise",
        remedy=f"go on with it: `grade run {shown(path)}`; or name another folder with --to",
    )


def _within(course: Course, path: Path) -> str:
    """Return a path as it is typed in the course's folder, or only its name where it lies elsewhere."""
    inside = path.absolute().is_relative_to(course.root)
    return shlex.quote(str(path.absolute().relative_to(course.root) if inside else path.name))


def shown(path: Path) -> str:
    """Return a path as it is best typed from here."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
