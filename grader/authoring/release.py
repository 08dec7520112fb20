"""`grade release`: write the learners' copy of a course. It contains no solutions."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from rich.console import Console

from grader import __version__
from grader.authoring import atomic_folder
from grader.course import Course, load_course
from grader.errors import GraderError, UsageError
from grader.exercises import Exercise, read_text
from grader.protocol import ExerciseJob
from grader.reports import course_list
from grader.service import parallel, runner_connection
from grader.source_text import SourceText

PACKAGE = Path(__file__).resolve().parents[1]
PUBLIC = "public"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc")
TAIL = '''

def __getattr__(name):
    """Replace what the learners' copy lacks: tests that need it are not run here."""
    from grader.runner.exceptions import elsewhere

    return elsewhere(name)
'''


def release(course: Course, out: Path, console: Console) -> int:
    """Write the copy completely or not at all, and print what it contains."""
    if atomic_folder.is_taken(out):
        raise UsageError(
            "release-exists",
            found=f"`{out}` already exists",
            where="grade release",
            expected="a folder that doesn't exist yet, or an empty one",
            remedy="choose another folder, or remove this one first",
        )
    for error in course.broken.values():
        raise error
    with atomic_folder.whole(out) as folder:
        _fill(course, folder)
        _verify(load_course(folder.absolute()))
        for cache in folder.rglob("__pycache__"):
            shutil.rmtree(cache)
    hidden = sum(law.hidden for one in course.exercises.values() for law in one.laws)
    shown = sum(not law.hidden for one in course.exercises.values() for law in one.laws)
    console.print(
        f"wrote {out}: {_count(len(course.exercises), 'exercise')}, {_properties(shown)}", soft_wrap=True
    )
    kept = f" and {_properties(hidden, 'hidden ')}" if hidden else ""
    console.print(f"  left out: the reference{kept}", style="dim")
    return 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _properties(number: int, kind: str = "") -> str:
    return f"1 {kind}test" if number == 1 else f"{number} {kind}tests"


def _fill(course: Course, folder: Path) -> None:
    exercises = folder / "exercises"
    exercises.mkdir(parents=True)
    for exercise in course.exercises.values():
        _exercise(exercise, exercises / exercise.id)
    for path in sorted((course.root / course.settings.exercises).iterdir()):
        if path.is_file() and path.suffix in {".md", ".ipynb"}:
            shutil.copy(path, exercises / path.name)
    for module in sorted({one for path in exercises.glob("*/test_*.py") for one in _needed(course, path)}):
        _oracle(course, folder, module)
    shutil.copytree(PACKAGE, folder / "grader", ignore=LEFT_OUT)
    (folder / "pyproject.toml").write_text(project(course, exercises="exercises"), encoding="utf-8")
    (folder / "README.md").write_text(_readme(course), encoding="utf-8")
    (folder / ".gitignore").write_text(".venv/\n__pycache__/\n.grader/\n.hypothesis/\n", encoding="utf-8")
    copied = load_course(folder)
    (exercises / "README.md").write_text(course_list.markdown(copied), encoding="utf-8")


def _exercise(exercise: Exercise, folder: Path) -> None:
    folder.mkdir()
    shutil.copy(exercise.statement, folder)
    shutil.copy(exercise.stub, folder)
    (folder / "exercise.toml").write_text(_settings(exercise), encoding="utf-8")
    (folder / exercise.tests.name).write_text(public_properties(exercise), encoding="utf-8")


def _settings(exercise: Exercise) -> str:
    """Return exercise.toml without its entries about the reference."""
    return read_text(exercise.folder / "exercise.toml").partition("\n[[equivalent]]")[0].rstrip() + "\n"


def public_properties(exercise: Exercise) -> str:
    """Return the test module without the hidden tests and without imports that only they need."""
    text = read_text(exercise.tests)
    tree = ast.parse(text)
    hidden = {f"test_{law.id}" for law in exercise.laws if law.hidden}
    gone = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in hidden]
    if not gone:
        return text
    kept = [node for node in tree.body if node not in gone]
    used = {one.id for node in kept for one in ast.walk(node) if isinstance(one, ast.Name)}
    lines = text.splitlines()
    for node in gone:
        start = min([node.lineno, *(one.lineno for one in node.decorator_list)]) - 1
        _blank(lines, start, node.end_lineno or node.lineno)
    for one in (node for node in kept if isinstance(node, ast.ImportFrom)):
        names = [alias for alias in one.names if (alias.asname or alias.name) in used]
        if len(names) < len(one.names):
            _blank(lines, one.lineno - 1, one.end_lineno or one.lineno)
            if names:
                lines[one.lineno - 1] = ast.unparse(ast.ImportFrom(one.module, names, one.level))
    return _without_gaps("\n".join(lines)) + "\n"


def _blank(lines: list[str], start: int, end: int) -> None:
    lines[start:end] = [""] * (end - start)


def _without_gaps(text: str) -> str:
    """Keep at most two empty lines in a row."""
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text.strip()


def _needed(course: Course, tests: Path) -> Iterator[str]:
    """Yield the modules that the tests import, with full names for modules of the reference tree."""
    for node in ast.walk(ast.parse(tests.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            inside = [f"{node.module}.{one.name}" for one in node.names]
            modules = [name for name in inside if _file_of(course.root, name).is_file()]
            yield from modules or [node.module]
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def _file_of(root: Path, module: str) -> Path:
    return root.joinpath(*module.split(".")).with_suffix(".py")


def _oracle(course: Course, folder: Path, module: str) -> None:
    """Write the replacement of a reference module: its public version, or an empty module."""
    first, *rest = module.split(".")
    if first != course.settings.reference or not rest:
        return
    twin = _file_of(course.root, f"{first}.{PUBLIC}.{rest[-1]}")
    text = f'"""Replaces `{module}`."""'
    if twin.is_file():
        text = twin.read_text(encoding="utf-8").rstrip()
    target = _file_of(folder, module)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text + "\n" + TAIL, encoding="utf-8")


def _verify(course: Course) -> None:
    """Grade the stubs in the copy, so that tests that need the reference are found before the release."""
    jobs = [
        ExerciseJob(exercise=one.id, source=SourceText(read_text(one.stub), one.stub.name), brief=True)
        for one in course.exercises.values()
    ]
    options = runner_connection.RunOptions(device="cpu")
    with parallel.Warm() as warm:
        results = warm.judge_all(course, jobs, options, seed=course.settings.seed)
    for job, result in zip(jobs, results, strict=True):
        if isinstance(result, GraderError):
            raise GraderError(
                "release-properties",
                found=f"`{job.exercise}` can't be graded without the reference: {result.found}",
                where=f"{course.settings.exercises}/{job.exercise}/test_{job.exercise}.py",
                expected="tests that use imports from the reference only inside test functions",
                remedy=f"put what learners may see into {course.settings.reference}/{PUBLIC}",
            )


def project(course: Course, *, exercises: str, seconds: float | None = None) -> str:
    """Return the pyproject.toml of a copy of the course whose exercises are in the given folder.

    `seconds` is an upper limit for a submission, even if the course allows more.
    """
    settings = course.settings
    given = settings.submission_seconds
    needs = [one for one in metadata.requires("toeplitz-grader") or [] if "extra ==" not in one]
    quoted = ",\n".join(f"    {json.dumps(one)}" for one in needs)
    chapters = ", ".join(json.dumps(one, ensure_ascii=False) for one in settings.chapters)
    return f"""[build-system]
requires = ["hatchling>=1.25,<2"]
build-backend = "hatchling.build"

[project]
name = "toeplitz-grader"
version = "{__version__}"
requires-python = ">=3.11"
dependencies = [
{quoted},
]

[project.scripts]
grade = "grader.cli:main"

[project.entry-points.pytest11]
grader = "grader.runner.plugin"

[tool.hatch.build.targets.wheel]
packages = ["grader"]

[tool.hatch.build]
dev-mode-exact = true

[tool.grader]
title = {json.dumps(settings.title, ensure_ascii=False)}
chapters = [{chapters}]
submission = {json.dumps(settings.submission)}
exercises = {json.dumps(exercises)}
reference = {json.dumps(settings.reference)}
seed = {settings.seed}
submission_seconds = {given if seconds is None else min(given, seconds)}
device_points = {settings.device_points}
site = {json.dumps(settings.site)}

[tool.pytest.ini_options]
testpaths = [{json.dumps(exercises)}]
addopts = ["--import-mode=importlib"]
"""


def _readme(course: Course) -> str:
    first = next(iter(course.exercises), "EXERCISE")
    mine = course.settings.submission
    return f"""# {course.settings.title}

{len(course.exercises)} exercises: [exercises/README.md](exercises/README.md) lists them.

On a machine with Python 3.11 or newer:

```
python3 -m venv .venv && .venv/bin/pip install -q -e .
.venv/bin/grade list
.venv/bin/grade start {first}      # writes {mine}/{first}.py
.venv/bin/grade show {first}       # the task, and what is checked
.venv/bin/grade hint {first}       # the first hint
.venv/bin/grade run {mine}
```

This copy has no reference solutions.
A test that needs one is not run here: it is shown as "not tested" and gives no points.
The tests are plain pytest: `.venv/bin/python -m pytest exercises/{first}` checks `{mine}/{first}.py`.
"""
