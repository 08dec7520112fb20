"""The command line: parses, finds the course, and hands over to the commands.

Each verb imports what it needs, so that help and mistakes are answered at once.
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

from grader import __version__
from grader.commands import completion, exit_codes

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course import Course

app = typer.Typer(
    name="grade",
    help="Judge exercises whose answers are functions, by the laws that they must obey.",
    # The richer formats take longer to load than all the rest of the help.
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
    """How well a submission must be kept apart."""

    process = "process"
    kernel = "kernel"


Format = StrEnum(
    "Format",
    [
        "gradescope",
        "classroom50",
        "prairielearn",
        "exercism",
        "ctrf",
        "junit",
        "canvas-csv",
        "moodle-csv",
        "github-summary",
        "github-annotations",
        "dodona",
    ],
)


class Platform(StrEnum):
    """Where a course can be uploaded."""

    gradescope = "gradescope"
    classroom50 = "classroom50"


CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        metavar="FOLDER",
        envvar="GRADER_COURSE",
        help="The course's folder; without it the nearest one upwards.",
    ),
]
ExerciseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="EXERCISE",
        help="Judge only this one; may be given again.",
        autocompletion=completion.exercises,
    ),
]
DeviceOption = Annotated[
    Device,
    typer.Option(
        envvar="GRADER_DEVICE",
        help="Where to run; auto is the CPU and any accelerator here, sim an accelerator that is simulated.",
    ),
]
SeedOption = Annotated[
    str | None,
    typer.Option(
        metavar="N|random",
        envvar="GRADER_SEED",
        help="The seed of the cases; random draws one that nobody knows beforehand.",
    ),
]
IsolationOption = Annotated[
    Tier,
    typer.Option(
        envvar="GRADER_REQUIRE_ISOLATION",
        help="Refuse to run where submissions are kept apart less well.",
    ),
]
ExitZeroOption = Annotated[
    bool, typer.Option("--exit-zero", help="End with exit code 0 even if something is wrong.")
]
LayerOption = Annotated[
    list[str] | None, typer.Option("--without-layer", hidden=True, help="Try what holds without it.")
]
ExerciseArgument = Annotated[
    str,
    typer.Argument(metavar="EXERCISE", help="The exercise's name.", autocompletion=completion.exercises),
]
JsonOption = Annotated[
    str | None,
    typer.Option(metavar="PATH", help="Write what was found there as JSON; - for standard output."),
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
    """Judge exercises whose answers are functions, by the laws that they must obey."""
    del version


@verb()
def run(
    submission: Annotated[Path, typer.Argument(help="A learner's folder, or one .py or .ipynb file.")],
    *,
    exercise: ExerciseOption = None,
    json: JsonOption = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Write a page for a browser there: no scripts, nothing loaded."),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|URL",
            envvar="GRADER_SITE",
            help="Where `grade site` has put the pages: cases are linked to the laboratory there.",
        ),
    ] = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    exit_zero: ExitZeroOption = False,
    require_isolation: IsolationOption = Tier.process,
    without_layer: LayerOption = None,
    course: CourseOption = None,
) -> int:
    """Grade a submission: print what is correct, what is wrong, and why."""
    from grader.commands import grade

    options = grade.RunOptions(
        device=device.value,
        seed=seed,
        isolation=require_isolation.value,
        withheld=tuple(without_layer or ()),
        exercises=tuple(exercise or ()),
    )
    console = _console(stderr=json == "-")
    return grade.run(
        submission, _course(course), options, console, json=json, html=html, site=site, exit_zero=exit_zero
    )


@verb()
def watch(
    submission: Annotated[
        Path | None,
        typer.Argument(help="The folder or file to watch; without it your folder in the course."),
    ] = None,
    *,
    exercise: ExerciseOption = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    course: CourseOption = None,
) -> int:
    """Judge again whenever you save, and show the first thing to do; `grade` alone does the same."""
    from grader.commands import grade
    from grader.commands import watch as watching

    options = grade.RunOptions(device=device.value, seed=seed, exercises=tuple(exercise or ()))
    return watching.watch(submission, _course(course), options, _console())


@verb()
def replay(
    token: Annotated[
        str,
        typer.Argument(
            metavar="TOKEN",
            help="A case: `replay` in a report, or EXERCISE.PROPERTY for the one that failed in your folder.",
        ),
    ],
    *,
    submission: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Whose answer; without it your own folder in the course."),
    ] = None,
    device: Annotated[
        Device | None,
        typer.Option(envvar="GRADER_DEVICE", help="Where to run; without it where the case was found."),
    ] = None,
    json: JsonOption = None,
    require_isolation: IsolationOption = Tier.process,
    course: CourseOption = None,
) -> int:
    """Try one case again, and show what your code returns for it now."""
    from grader.commands import replay as replaying

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
        bool, typer.Option("--markdown", help="Print the list as a page; exercises/README.md is made so.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """Show the exercises in their order, and how far you are."""
    from grader.commands import listing

    if markdown:
        sys.stdout.write(listing.markdown(_course(course)))
        return 0
    return listing.list_exercises(_course(course), _console())


@verb()
def start(
    exercise: ExerciseArgument,
    *,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Your folder; without it the one the course names.")
    ] = None,
    notebook: Annotated[
        bool, typer.Option("--notebook", help="Write a Jupyter notebook instead of a .py file.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """Copy an exercise's stub into your folder."""
    from grader.commands import learn

    return learn.start(_course(course), exercise, to, _console(), as_notebook=notebook)


@verb()
def show(
    exercise: ExerciseArgument,
    *,
    solution: Annotated[
        bool,
        typer.Option(
            "--solution", help="Show the reference instead, once the exercise is correct or you ask twice."
        ),
    ] = False,
    course: CourseOption = None,
) -> int:
    """Show an exercise's statement and what is checked."""
    from grader.commands import learn

    if solution:
        return learn.show_solution(_course(course), exercise, _console())
    return learn.show(_course(course), exercise, _console())


@verb()
def hint(
    exercise: ExerciseArgument,
    number: Annotated[
        int | None,
        typer.Argument(
            help="Which hint, the first being the mildest; without it the next that you haven't seen.",
            autocompletion=completion.hints,
        ),
    ] = None,
    *,
    course: CourseOption = None,
) -> int:
    """Show one hint of an exercise."""
    from grader.commands import learn

    return learn.hint(_course(course), exercise, number, _console())


@verb()
def check(
    exercises: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[EXERCISE]...",
            help="Without any, the whole course.",
            autocompletion=completion.exercises,
        ),
    ] = None,
    *,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants", help="Also try every small change of each reference: about a minute an exercise."
        ),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show all that is to be mended, not only what comes first.")
    ] = False,
    json: JsonOption = None,
    course: CourseOption = None,
) -> int:
    """Prove exercises: right solutions pass, wrong ones are caught and named."""
    from grader.commands import check as checking

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
    name: Annotated[str, typer.Argument(metavar="ID", help="The exercise's name: its folder, its stub.")],
    *,
    function: Annotated[
        str | None,
        typer.Option(metavar="SIGNATURE", help="What is asked for: `bank(x: Tensor, n: int) -> Tensor`."),
    ] = None,
    course: CourseOption = None,
) -> int:
    """Write the files of a new exercise, with what to do in them."""
    from grader.commands import new as writing

    return writing.new(_course(course, may_be_empty=True), name, function, _console())


@verb()
def release(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write; it must not exist yet.")],
    *,
    course: CourseOption = None,
) -> int:
    """Write the learners' copy of the course: no reference, no hidden properties."""
    from grader.commands import release as releasing

    return releasing.release(_course(course), out, _console())


@verb()
def export(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT...",
            help="What `grade run --json` wrote; - for standard input; a folder for all reports in it.",
        ),
    ],
    *,
    to: Annotated[Format, typer.Option(help="The format.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it there, not to standard output."),
    ] = None,
) -> int:
    """Write a score report in the format of another platform."""
    from grader.commands import export as exporting

    return exporting.export(reports, to.value, output, os.environ)


@verb()
def cohort(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A folder in which each entry is a submission."),
    ] = None,
    *,
    json_dir: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Where the reports go; without it beside DIR, as DIR-reports."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="How many are judged at a time; without it one a processor."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Judge on the workers of this Dask scheduler.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Judge again what is judged already.")] = False,
    diff: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="OLD NEW", help="Show which verdicts changed between two OUTs, and why."),
    ] = None,
    exercise: ExerciseOption = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    exit_zero: ExitZeroOption = False,
    require_isolation: IsolationOption = Tier.kernel,
    without_layer: LayerOption = None,
    course: CourseOption = None,
) -> int:
    """Judge many submissions: a report for each, a gradebook, and what they all missed."""
    from grader.commands.cohort import driver, report_diff
    from grader.commands.grade import RunOptions

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
        out=json_dir, jobs=jobs, scheduler=scheduler, force=force, exit_zero=exit_zero
    )
    return driver.cohort(folder, _course(course), options, chosen, _console())


@verb()
def pack(
    platform: Annotated[Platform, typer.Argument(help="Where it goes.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="PATH", help="Without it `autograder.zip`, or the folder `autograder`."
        ),
    ] = None,
    exercise: ExerciseOption = None,
    seed: Annotated[
        str, typer.Option(metavar="N|random", help="The seed of the cases there, drawn for each submission.")
    ] = "random",
    require_isolation: Annotated[
        Tier, typer.Option(help="Judge nothing where submissions are kept apart less well.")
    ] = Tier.kernel,
    course: CourseOption = None,
) -> int:
    """Write what a platform wants uploaded: the grader, the exercises and the reference."""
    from grader.commands import grade
    from grader.commands import pack as packing

    found = _course(course)
    grade.choose_seed(seed, found)
    options = packing.PackOptions(tuple(exercise or ()), require_isolation.value, seed)
    out = output or Path(packing.OUTPUTS[platform.value])
    return packing.PLATFORMS[platform.value](found, options, out, _console())


@verb()
def site(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write, or an older site.")],
    *,
    solutions: Annotated[
        bool, typer.Option("--solutions", help="With the reference solutions: not for learners.")
    ] = False,
    course: CourseOption = None,
) -> int:
    """Write the course as pages for a browser, with the laboratory."""
    from grader.commands import site as writing

    return writing.site(_course(course), out, _console(), solutions=solutions)


@verb()
def serve(
    submission: Annotated[
        Path | None,
        typer.Argument(help="The folder or file to judge; without it your folder in the course."),
    ] = None,
    *,
    exercise: ExerciseOption = None,
    device: DeviceOption = Device.auto,
    seed: SeedOption = None,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="The port; without it one that is free.")
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
    course: CourseOption = None,
) -> int:
    """Show the course in your browser, and judge whatever you save; only this machine can see it."""
    from grader.commands import grade
    from grader.commands.serving import serve as serving

    options = grade.RunOptions(device=device.value, seed=seed, exercises=tuple(exercise or ()))
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
    from grader.commands import doctor as examination

    return examination.doctor(course, _console())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; it exits with 0 all met, 1 not, 2 usage, 3 the grader couldn't do its work."""
    from grader.reports import ascii_fallback

    ascii_fallback.never_fail(sys.stdout, sys.stderr)
    given = sys.argv[1:] if arguments is None else arguments
    if not given and sys.stdin.isatty() and sys.stdout.isatty():
        given = ["watch"]
    app(given, prog_name="grade")


def _has_screen() -> bool:
    """Say whether a browser would have a window: one for terminals would take this terminal over."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _course(given: Path | None, *, may_be_empty: bool = False) -> Course:
    from grader.course import find_course

    return find_course(course=given, may_be_empty=may_be_empty)


def _console(*, stderr: bool = False) -> Console:
    from grader.reports.console import ReadersConsole

    return ReadersConsole(stderr=stderr, highlight=False)
