"""`grade reset`: begin an exercise anew, and keep the old file."""

from __future__ import annotations

import itertools
from pathlib import Path

from rich.console import Console

from grader.course import Course
from grader.errors import UsageError
from grader.exercises import read_text
from grader.learner.learn import shown
from grader.learner.state.state_files import FOLDER
from grader.submission.discovery import answers

# In the learner's own folder. The grader doesn't read it.
KEPT = "kept"


def reset(course: Course, name: str, console: Console) -> int:
    """Move the answer aside and write the stub in its place. Nothing is deleted."""
    exercise = course.exercise(name)
    folder = course.learners_folder
    there = answers(folder, course)
    if name not in there:
        raise UsageError(
            "nothing-to-reset",
            found=f"no answer to {name}",
            where=shown(folder),
            expected="a file or notebook that you have started",
            remedy=f"`grade start {name}` writes the stub",
        )
    old = folder / there[name].source.filename
    try:
        kept = _free(folder / FOLDER / KEPT, old)
        kept.parent.mkdir(parents=True, exist_ok=True)
        old.rename(kept)
        (folder / exercise.stub.name).write_text(read_text(exercise.stub), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            "unwritable-folder",
            found=f"the answer can't be moved or the stub can't be written ({error.strerror})",
            where=shown(old),
            expected="a folder that you may write to",
            remedy="free some space, or allow yourself to write there",
        ) from None
    console.print(f"wrote {shown(folder / exercise.stub.name)}", soft_wrap=True)
    console.print(f"  your old file is {shown(kept)}", soft_wrap=True)
    return 0


def _free(folder: Path, old: Path) -> Path:
    """Return a path that isn't taken: `toeplitz_1d-1.py`, then `-2`."""
    paths = (folder / f"{old.stem}-{number}{old.suffix}" for number in itertools.count(1))
    return next(path for path in paths if not path.exists())
