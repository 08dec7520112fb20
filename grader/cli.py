"""The command line: parse the arguments, find the course, call the command.

Each command imports only what it needs, so that help and usage errors appear at once.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader import __version__, completion, exit_codes
from grader.authoring.platforms import PLATFORMS
from grader.cohort.layouts.layout_names import LAYOUTS
from grader.reports.exports.formats import FORMATS
from grader.service import runner_connection

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course import Course

app = typer.Typer(
    name="grade",
    help="Grade programming exercises: test whether a function obeys its laws.",
    # The richer formats take longer to load than the rest of the help.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Device(StrEnum):
    """Where a submission runs."""

    cpu = "cpu"
    cuda = "cuda"
    mps = "mps"
    sim = "sim"
    auto = "auto"


class Tier(StrEnum):
    """The minimum isolation for a submission."""

    process = "process"
    kernel = "kernel"


# The registries contain all values. typer offers the values of an enumeration.
Format = StrEnum("Format", list(FORMATS))  # type: ignore[misc]
Platform = StrEnum("Platform", list(PLATFORMS))  # type: ignore[misc]
DownloadLayout = StrEnum("DownloadLayout", list(LAYOUTS))  # type: ignore[misc]


class Attempts(StrEnum):
    """Which of a learner's attempts counts."""

    last = "last"
    best = "best"


class FeedbackFormat(StrEnum):
    """The format of the pages for learners."""

    html = "html"
    md = "md"


CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        metavar="FOLDER",
        envvar="GRADER_COURSE",
        help="The folder of the course. Default: this folder or the nearest course folder above it.",
    ),
]
ExerciseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="EXERCISE",
        help="Only this exercise. You can repeat the option.",
        autocompletion=completion.exercises,
    ),
]
DeviceOption = Annotated[
    Device,
    typer.Option(
        envvar="GRADER_DEVICE",
        help="Where to run. auto: the CPU and any accelerator of this machine. sim: a simulated accelerator.",
    ),
]
SeedOption = Annotated[
    str | None,
    typer.Option(
        metavar="N|random",
        envvar="GRADER_SEED",
        help="The seed of the test cases. random: a new seed, unknown in advance.",
    ),
]
IsolationOption = Annotated[
    Tier,
    typer.Option(
        envvar="GRADER_REQUIRE_ISOLATION",
        help="Refuse to run with weaker isolation than this.",
    ),
]
ExitZeroOption = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even if a test fails.")]
LayerOption = Annotated[
    list[str] | None,
    typer.Option("--without-layer", hidden=True, help="Disable one isolation layer (for testing)."),
]
ExerciseArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[EXERCISE]",
        help="The name of the exercise. Default: the one you are working on, else the next one.",
        autocompletion=completion.exercises,
    ),
]
JsonOption = Annotated[
    str | None,
    typer.Option(metavar="PATH", help="Write the result to this file as JSON; - means standard output."),
]


def verb(name: str | None = None) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Register a command whose return value is the exit code."""

    def register(command: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(command)
        def ended(**arguments: object) -> None:
            raise typer.Exit(exit_codes.run(functools.partial(command, **arguments)))

        app.command(name=name)(ended)
        return command

    return register


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"toeplitz-grader {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Grade programming exercises: test whether a function obeys its laws."""
    del version


@verb()
def run(
    submission: Annotated[Path, typer.Argument(help="A learner's folder, or a single .py or .ipynb file.")],
    *,
    exercise: ExerciseOption = None,
    json: JsonOption = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="Write an HTML page to this file. It has no scripts and loads nothing."
        ),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|URL",
            envvar="GRADER_SITE",
            help="A site that `grade site` wrote. Failing cases get a link to its laboratory.",
        ),
    ] = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    exit_zero: ExitZeroOption = False,
    require_isolation: IsolationOption = Tier.process,
    without_layer: LayerOption = None,
    course: CourseOption = None,
) -> int:
    """Grade a submission: show what is correct, what is wrong, and why."""
    from grader.learner import run as run_command

    options = runner_connection.RunOptions(
        device=device.value,
        seed=seed,
        isolation=require_isolation.value,
        withheld=tuple(without_layer or ()),
        exercises=tuple(exercise or ()),
    )
    console = _console(stderr=json == "-")
    return run_command.run(
        submission, _course(course), options, console, json=json, html=html, site=site, exit_zero=exit_zero
    )


@verb()
def watch(
    submission: Annotated[
        Path | None,
        typer.Argument(help="The folder or file to watch. Default: your folder in the course."),
    ] = None,
    *,
    exercise: ExerciseOption = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    course: CourseOption = None,
) -> int:
    """Check again each time you save, and show what to fix first.

    `grade` without a command does the same.
    """
    from grader.learner import watch as watching

    options = runner_connection.RunOptions(device=device.value, seed=seed, exercises=tuple(exercise or ()))
    return watching.watch(submission, _course(course), options, _console())


@verb()
def measure(
    exercise: ExerciseArgument = None,
    *,
    submission: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The folder or file. Default: your folder in the course."),
    ] = None,
    device: DeviceOption = Device.cpu,
    seconds: Annotated[float, typer.Option(metavar="N", min=1, max=600, help="How long to measure.")] = 10.0,
    json: JsonOption = None,
    html: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Write the result to this file as a page.")
    ] = None,
    require_isolation: IsolationOption = Tier.process,
    course: CourseOption = None,
) -> int:
    """Measure how long your function takes as its inputs grow.

    Compares it with the reference and other ways. Only a correct answer is measured.
    """
    from grader.learner import measure as measuring
    from grader.learner import next_step
    from grader.service.runner_connection import RunOptions

    found = _course(course)
    name = exercise or next_step.current(found)
    options = RunOptions(device=device.value, isolation=require_isolation.value)
    chosen = measuring.MeasureOptions(submission, seconds, json, html)
    return measuring.measure(name, found, options, chosen, _console())


@verb()
def replay(
    token: Annotated[
        str,
        typer.Argument(
            metavar="TOKEN",
            help="The `replay` value of a report, or EXERCISE.TEST for the case that failed in your folder.",
        ),
    ],
    *,
    submission: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The submission to run. Default: your folder in the course."),
    ] = None,
    device: Annotated[
        Device | None,
        typer.Option(
            envvar="GRADER_DEVICE", help="Where to run. Default: the device on which the case failed."
        ),
    ] = None,
    json: JsonOption = None,
    require_isolation: IsolationOption = Tier.process,
    course: CourseOption = None,
) -> int:
    """Run one test case again and show what your code returns now."""
    from grader.learner import replay as replaying

    return replaying.replay(
        token,
        _course(course),
        submission,
        _console(stderr=json == "-"),
        device=None if device is None else device.value,
        isolation=require_isolation.value,
        json=json,
    )


@verb("list")
def list_(
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the list as Markdown, as in exercises/README.md.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """List the exercises in order and show your progress."""
    from grader.learner import listing
    from grader.reports import course_list

    if markdown:
        sys.stdout.write(course_list.markdown(_course(course)))
        return 0
    return listing.list_exercises(_course(course), _console())


@verb()
def start(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="[EXERCISE]",
            help="The name of the exercise. Default: the next one that you haven't started.",
            autocompletion=completion.exercises,
        ),
    ] = None,
    *,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Your folder. Default: the folder set in the course."),
    ] = None,
    notebook: Annotated[
        bool, typer.Option("--notebook", help="Write a Jupyter notebook instead of a .py file.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """Start an exercise: copy its stub into your folder."""
    from grader.learner import learn, next_step

    found = _course(course)
    return learn.start(found, exercise or next_step.to_start(found), to, _console(), as_notebook=notebook)


@verb()
def reset(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="EXERCISE", help="The name of the exercise.", autocompletion=completion.exercises
        ),
    ],
    *,
    course: CourseOption = None,
) -> int:
    """Begin an exercise anew. Your old file is kept."""
    from grader.learner import reset as resetting

    return resetting.reset(_course(course), exercise, _console())


@verb()
def show(
    exercise: ExerciseArgument = None,
    *,
    solution: Annotated[
        bool,
        typer.Option(
            "--solution", help="Show the reference solution, if your answer is correct or you ask twice."
        ),
    ] = False,
    course: CourseOption = None,
) -> int:
    """Show the task of an exercise and what is checked."""
    from grader.learner import learn, next_step

    found = _course(course)
    shown = learn.show_solution if solution else learn.show
    return shown(found, exercise or next_step.current(found), _console())


@verb()
def hint(
    exercise: ExerciseArgument = None,
    number: Annotated[
        int | None,
        typer.Argument(
            help="The number of the hint. Hints get stronger. Default: the next new hint.",
            autocompletion=completion.hints,
        ),
    ] = None,
    *,
    course: CourseOption = None,
) -> int:
    """Show one hint for an exercise."""
    from grader.learner import learn, next_step

    found = _course(course)
    if exercise is not None and number is None and exercise.isdecimal():
        # `grade hint 2`, without an exercise.
        number = int(exercise)
        exercise = None
    return learn.hint(found, exercise or next_step.current(found), number, _console())


@verb()
def check(
    exercises: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[EXERCISE]...",
            help="The exercises to check. Default: the whole course.",
            autocompletion=completion.exercises,
        ),
    ] = None,
    *,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants",
            help="Also test every small change of each reference solution: about a minute per exercise.",
        ),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show everything to fix, not only the first thing.")
    ] = False,
    json: JsonOption = None,
    course: CourseOption = None,
) -> int:
    """Check exercises with correct solutions and known mistakes."""
    from grader.authoring import check as checking

    return checking.check(
        _course(course),
        tuple(exercises or ()),
        _console(stderr=json == "-"),
        json=json,
        mutants=mutants,
        everything=everything,
    )


@verb()
def new(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="The name of the exercise, its folder and its stub.")
    ],
    *,
    function: Annotated[
        str | None,
        typer.Option(
            metavar="SIGNATURE", help="The function to write, such as `bank(x: Tensor, n: int) -> Tensor`."
        ),
    ] = None,
    course: CourseOption = None,
) -> int:
    """Create the files of a new exercise, with a TODO for each step."""
    from grader.authoring import new as writing

    return writing.new(_course(course, may_be_empty=True), name, function, _console())


@verb()
def release(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write. It must not exist yet.")],
    *,
    course: CourseOption = None,
) -> int:
    """Write a copy of the course for learners, without its solutions.

    Hidden tests are also left out.
    """
    from grader.authoring import release as releasing

    return releasing.release(_course(course), out, _console())


@verb()
def export(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT...",
            help="A report of `grade run --json`, a folder of them, a cohort's OUT, or - for standard input.",
        ),
    ],
    *,
    to: Annotated[Format, typer.Option(help="The format to write.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file to write. Default: standard output."),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="For a gradebook: one column with the total, under this title."),
    ] = None,
) -> int:
    """Convert score reports to the format of another platform."""
    from grader.cohort import export as exporting

    return exporting.export(reports, to.value, output, os.environ, column)


@verb()
def cohort(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR|FILE.zip", help="A folder with one submission per entry, or a platform's download."
        ),
    ] = None,
    *,
    json_dir: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="The folder for the reports. Default: DIR-reports, next to DIR."),
    ] = None,
    layout: Annotated[
        DownloadLayout | None,
        typer.Option(help="How the download is arranged. Default: the first layout that fits."),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of several assignments in an nbgrader download, read this one."),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only list who handed in what, and what is left out and why."),
    ] = False,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="The learners: id, name, email, login, section."),
    ] = None,
    assignment: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Mark as this assignment in the course's settings says."),
    ] = None,
    due: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it is due, such as 2026-12-01T23:59+01:00.")
    ] = None,
    late_per_day: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", min=0, max=1, help="What a late submission loses for each day begun (0 to 1)."
        ),
    ] = None,
    late_grace: Annotated[
        float | None,
        typer.Option(metavar="MINUTES", min=0, help="How late a submission may be without losing points."),
    ] = None,
    late_cap: Annotated[
        float | None,
        typer.Option(metavar="SHARE", min=0, max=1, help="What a late submission loses at most (0 to 1)."),
    ] = None,
    attempts: Annotated[
        Attempts | None, typer.Option(help="Which attempt counts, if the download contains several.")
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(metavar="EXERCISE=POINTS", help="What an exercise is worth. Can be repeated."),
    ] = None,
    overrides: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv",
            help="Points given by hand: learner, exercise, points, comment. Default: OUT/overrides.csv.",
        ),
    ] = None,
    feedback: Annotated[
        FeedbackFormat | None, typer.Option(help="Also write a page for each learner, to give back.")
    ] = None,
    similar: Annotated[
        bool, typer.Option("--similar", help="Also list pairs of answers that share unusual code.")
    ] = False,
    measure: Annotated[
        bool, typer.Option("--measure", help="Also time the correct answers. It changes no points.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="How many submissions to grade at a time. Default: one per processor."
        ),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Grade on the workers of this Dask scheduler.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again even if a valid report exists.")
    ] = False,
    diff: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            metavar="OLD NEW", help="Compare two OUT folders: show which verdicts changed, and why."
        ),
    ] = None,
    exercise: ExerciseOption = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    exit_zero: ExitZeroOption = False,
    require_isolation: IsolationOption = Tier.kernel,
    without_layer: LayerOption = None,
    course: CourseOption = None,
) -> int:
    """Grade many submissions and resume after an interruption.

    Writes a report for each submission, a gradebook and an overview of common mistakes.
    """
    from grader.cohort import driver, marking, report_diff
    from grader.service.runner_connection import RunOptions

    if diff is not None:
        return report_diff.diff(*diff, _console())
    options = RunOptions(
        device=device.value,
        seed=seed,
        isolation=require_isolation.value,
        withheld=tuple(without_layer or ()),
        exercises=tuple(exercise or ()),
    )
    chosen = driver.CohortOptions(
        out=json_dir,
        jobs=jobs,
        scheduler=scheduler,
        force=force,
        exit_zero=exit_zero,
        layout=layout.value if layout else None,
        only=only,
        roster=roster,
        dry_run=dry_run,
        marking=marking.MarkingOptions(
            assignment=assignment,
            due=due,
            late_per_day=late_per_day,
            late_grace=late_grace,
            late_cap=late_cap,
            attempts=attempts.value if attempts else None,
            weights=marking.parse_weights(weight or []),
        ),
        overrides=overrides,
        feedback=feedback.value if feedback else None,
        similar=similar,
        measure=measure,
    )
    return driver.cohort(folder, _course(course), options, chosen, _console())


@verb()
def pack(
    platform: Annotated[Platform, typer.Argument(help="The platform to upload to.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Where to write. Default: autograder.zip, or the folder autograder for classroom50.",
        ),
    ] = None,
    exercise: ExerciseOption = None,
    seed: Annotated[
        str,
        typer.Option(
            metavar="N|random",
            help="The seed of the test cases on the platform. random: a new one for each submission.",
        ),
    ] = "random",
    require_isolation: Annotated[
        Tier, typer.Option(help="Refuse to grade on the platform with weaker isolation than this.")
    ] = Tier.kernel,
    course: CourseOption = None,
) -> int:
    """Write an autograder to upload to a platform.

    It contains the grader, the exercises and the reference solutions.
    """
    from grader.authoring import pack as packing
    from grader.service import grading

    found = _course(course)
    grading.choose_seed(seed, found)
    options = packing.PackOptions(tuple(exercise or ()), require_isolation.value, seed)
    chosen = PLATFORMS[platform.value]
    return chosen.pack(found, options, output or Path(chosen.output), _console())


@verb()
def site(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The folder to write. An older site there is replaced.")
    ],
    *,
    solutions: Annotated[
        bool,
        typer.Option(
            "--solutions", help="Include the reference solutions. Don't show this site to learners."
        ),
    ] = False,
    course: CourseOption = None,
) -> int:
    """Write the course as a web site, with the laboratory."""
    from grader.authoring import site as writing

    return writing.site(_course(course), out, _console(), solutions=solutions)


@verb()
def serve(
    submission: Annotated[
        Path | None,
        typer.Argument(help="The folder or file to check. Default: your folder in the course."),
    ] = None,
    *,
    exercise: ExerciseOption = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port. 0: any free port.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
    course: CourseOption = None,
) -> int:
    """Show the course in your browser and check each time you save.

    Only this machine can see the pages.
    """
    from grader.learner.serving import serve as serving

    options = runner_connection.RunOptions(device=device.value, seed=seed, exercises=tuple(exercise or ()))
    opens = not no_open and sys.stdout.isatty() and _has_screen()
    return serving.serve(submission, _course(course), options, _console(), port=port, opens=opens)


@verb()
def schema() -> int:
    """Print the JSON Schema of the score report."""
    from grader.reports import report_json

    sys.stdout.write(report_json.schema_text())
    return 0


@verb()
def doctor(*, course: CourseOption = None) -> int:
    """Show what this machine can do: versions, devices, isolation."""
    from grader.service import doctor as examination

    return examination.doctor(course, _console())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Exit codes: 0 all met, 1 not all met, 2 usage error, 3 the grader failed."""
    from grader.reports import ascii_fallback

    ascii_fallback.never_fail(sys.stdout, sys.stderr)
    given = sys.argv[1:] if arguments is None else arguments
    if not given and sys.stdin.isatty() and sys.stdout.isatty():
        given = ["watch"]
    app(given, prog_name="grade")


def _has_screen() -> bool:
    """Return whether a graphical browser can open. A text browser would take over this terminal."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _course(given: Path | None, *, may_be_empty: bool = False) -> Course:
    from grader.course import find_course

    return find_course(course=given, may_be_empty=may_be_empty)


def _console(*, stderr: bool = False) -> Console:
    from grader.reports.console import ReadersConsole

    return ReadersConsole(stderr=stderr, highlight=False)
