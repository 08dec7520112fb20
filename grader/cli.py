"""The command line: parses, finds the course, and hands over to the commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import cyclopts
from cyclopts import App, Parameter
from rich.console import Console

from grader import __version__
from grader.errors import GraderError
from grader.exercises import Course, find_course

USAGE = 2
INTERRUPTED = 130

app = App(
    name="grade",
    help="Judge exercises on convolution as matrix multiplication.",
    version=f"toeplitz-grader {__version__}",
    version_flags=["--version"],
    help_flags=["--help", "-h"],
)

CourseOption = Annotated[
    Path | None, Parameter(name="--course", help="The course's folder; without it the nearest one upwards.")
]
Device = Literal["cpu", "cuda", "mps", "auto"]
Tier = Literal["process", "kernel"]


@app.command
def run(
    submission: Path,
    *,
    exercise: Annotated[tuple[str, ...], Parameter(name=["--exercise", "-e"], negative="")] = (),
    json: str | None = None,
    device: Device = "auto",
    seed: str | None = None,
    exit_zero: Annotated[bool, Parameter(negative="")] = False,
    require_isolation: Tier = "process",
    course: CourseOption = None,
) -> int:
    """Judge a submission: a learner's folder, or one of its files.

    Parameters
    ----------
    submission
        The folder with one file for each exercise, or a single .py file.
    exercise
        Judge only this exercise; may be given several times.
    json
        Write the score report there; - for standard output.
    device
        Where to run: cpu, cuda, mps, or whatever is here.
    seed
        The seed of the generated cases: a number, or "random" for one that nobody knows beforehand.
    exit_zero
        End with exit code 0 also when something is not met.
    require_isolation
        Refuse to run where submissions can't be kept apart at least that well.
    """
    from grader.commands import grade  # noqa: PLC0415 - each verb imports what it needs

    options = grade.RunOptions(device, seed, require_isolation, exercise)
    console = _console(stderr=json == "-")
    return grade.run(submission, _course(course), options, console, json=json, exit_zero=exit_zero)


@app.command(name="list")
def list_(*, course: CourseOption = None) -> int:
    """Show the exercises in their order."""
    from grader.commands import reading  # noqa: PLC0415

    return reading.list_exercises(_course(course), _console())


@app.command
def start(exercise: str, *, to: Path | None = None, course: CourseOption = None) -> int:
    """Copy an exercise's stub into your folder.

    Parameters
    ----------
    exercise
        The exercise to start.
    to
        Your folder; without it the one that the course's settings name.
    """
    from grader.commands import reading  # noqa: PLC0415

    return reading.start(_course(course), exercise, to, _console())


@app.command
def show(exercise: str, *, course: CourseOption = None) -> int:
    """Show an exercise's statement and its properties."""
    from grader.commands import reading  # noqa: PLC0415

    return reading.show(_course(course), exercise, _console())


@app.command
def hint(exercise: str, number: int = 1, *, course: CourseOption = None) -> int:
    """Show one hint of an exercise; the first is the mildest.

    Parameters
    ----------
    exercise
        The exercise.
    number
        Which hint.
    """
    from grader.commands import reading  # noqa: PLC0415

    return reading.hint(_course(course), exercise, number, _console())


@app.command
def check(*exercises: str, json: str | None = None, course: CourseOption = None) -> int:
    """Prove exercises: the reference passes, the stub fails cleanly, every known mistake is caught and named.

    Parameters
    ----------
    exercises
        The exercises to prove; without any, all of them.
    json
        Write what was found there; - for standard output.
    """
    from grader.commands import check as checking  # noqa: PLC0415

    return checking.check(_course(course), exercises, _console(stderr=json == "-"), json=json)


@app.command
def schema() -> int:
    """Print the JSON Schema of the score report."""
    from grader.reports import score  # noqa: PLC0415

    sys.stdout.write(score.schema_text())
    return 0


@app.command
def doctor(*, course: CourseOption = None) -> int:
    """Show what this machine can do: versions, devices, isolation."""
    from grader.commands import doctor as examination  # noqa: PLC0415

    return examination.doctor(course, _console())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 all met, 1 something not met, 2 usage, 3 the grader couldn't do its work."""
    try:
        code = app(arguments, exit_on_error=False, print_error=True, result_action="return_value")
    except cyclopts.CycloptsError:
        code = USAGE
    except GraderError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is the command line
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _course(given: Path | None) -> Course:
    named = os.environ.get("GRADER_COURSE")
    return find_course(course=given or (Path(named) if named else None))


def _console(*, stderr: bool = False) -> Console:
    return Console(stderr=stderr, highlight=False)
