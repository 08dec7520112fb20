"""`grade pack`: package a course, its reference and the grader for another platform."""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from grader.authoring import atomic_folder
from grader.authoring.release import PACKAGE, project
from grader.course import Course
from grader.errors import UsageError
from grader.exercises import Exercise
from grader.reports import report_json

TEMPLATES = Path(__file__).parent / "templates"
LEFT_OUT = ("__pycache__", ".pyc")
EXECUTABLE, PLAIN = 0o100755, 0o100644
# A fixed time, so that the same course gives the same archive. The format has no earlier one.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
# By default, Gradescope gives half a processor for ten minutes. The grader needs a part of that. A submission
# that uses up the rest gets a verdict, not "the autograder failed".
# https://gradescope-autograders.readthedocs.io/en/latest/resources/
GRADESCOPE_SECONDS = 150.0
# Errors that the learner sees: the submission has no readable answer.
LEARNERS = (
    "no-submission",
    "empty-submission",
    "no-answer",
    "two-answers",
    "unknown-answer",
    "unreadable-submission",
    "not-a-notebook",
)


@dataclass(frozen=True)
class PackOptions:
    """Options for grading on the platform."""

    exercises: tuple[str, ...] = ()
    isolation: str = "kernel"
    seed: str = "random"


def gradescope(course: Course, options: PackOptions, out: Path, console: Console) -> int:
    """Write the archive that Gradescope builds its image from."""
    chosen = _chosen(course, options)
    files = {f"course/{name}": content for name, content in course_files(course, seconds=GRADESCOPE_SECONDS)}
    files["options.json"] = _options(course, chosen, options)
    files["setup.sh"] = _template("gradescope/setup.sh")
    files["run_autograder"] = _template("gradescope/run_autograder")
    report_json.write(archive(files, {"setup.sh", "run_autograder"}), out, option="--output")
    console.print(f"wrote {out}: {_named(chosen)}, worth {_points(course, chosen):g} points", soft_wrap=True)
    if course.settings.submission_seconds > GRADESCOPE_SECONDS:
        console.print(
            f"  time  a submission may compute for {GRADESCOPE_SECONDS:g} s. Gradescope gives half a "
            "processor for ten minutes, and the grader itself needs part of that",
            style="dim",
            soft_wrap=True,
        )
    console.print(
        "  next  upload it under Configure Autograder. docs/platforms.md has the next steps", style="dim"
    )
    return 0


def classroom50(course: Course, options: PackOptions, out: Path, console: Console) -> int:
    """Write the folder for the classroom's repository: autograder.py and what it needs."""
    chosen = _chosen(course, options)
    if atomic_folder.is_taken(out):
        raise UsageError(
            "pack-exists",
            found=f"`{out}` already exists",
            where="--output",
            expected="a folder that doesn't exist yet, or an empty one",
            remedy="choose another folder, or remove this one first",
        )
    with atomic_folder.whole(out) as folder:
        (folder / "autograder.py").write_bytes(_template("classroom50/autograder.py"))
        (folder / "options.json").write_bytes(_options(course, chosen, options))
        (folder / "course.zip").write_bytes(archive(dict(course_files(course)), set()))
    console.print(f"wrote {out}: {_named(chosen)}, worth {_points(course, chosen):g} points", soft_wrap=True)
    console.print(
        "  next  copy it to CLASSROOM/autograders/ASSIGNMENT. docs/platforms.md has the next steps",
        style="dim",
    )
    return 0


def course_files(course: Course, *, seconds: float | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the files to install: the grader, the exercises, the reference, and a pyproject.toml."""
    settings = course.settings
    yield "pyproject.toml", project(course, exercises=settings.exercises, seconds=seconds).encode()
    for name in (settings.exercises, settings.reference):
        yield from _tree(course.root / name, name)
    yield from _tree(PACKAGE, "grader")


def archive(files: Mapping[str, bytes], executable: set[str]) -> bytes:
    """Return the files as a zip archive. The same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: otherwise unzip ignores the mode
            entry.external_attr = (EXECUTABLE if name in executable else PLAIN) << 16
            writer.writestr(entry, content)
    return target.getvalue()


def _tree(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.endswith(LEFT_OUT) or part[0] == "." for part in inside.parts):
            yield f"{name}/{inside.as_posix()}", path.read_bytes()


def _chosen(course: Course, options: PackOptions) -> list[Exercise]:
    """Return the exercises to grade. Raise an error for a broken exercise, before learners see it."""
    for error in course.broken.values():
        raise error
    if not options.exercises:
        return list(course.exercises.values())
    return [course.exercise(name, where="--exercise") for name in options.exercises]


def _options(course: Course, chosen: list[Exercise], options: PackOptions) -> bytes:
    run = ["--require-isolation", options.isolation, "--seed", options.seed]
    document = {
        "run": run + [part for name in options.exercises for part in ("--exercise", name)],
        "submission": course.settings.submission,
        "points": math.ceil(_points(course, chosen)),
        "learners": LEARNERS,
    }
    return (json.dumps(document, indent=2) + "\n").encode()


def _points(course: Course, chosen: list[Exercise]) -> float:
    return sum(course.points(one) for one in chosen)


def _named(chosen: list[Exercise]) -> str:
    return chosen[0].id if len(chosen) == 1 else f"{len(chosen)} exercises"


def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()
