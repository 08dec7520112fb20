"""`grade new`: create the files of an exercise. Each TODO in them is one thing to do."""

from __future__ import annotations

import ast
import keyword
from pathlib import Path
from string import Template

from rich.console import Console

from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.exercises import Function, functions_of

TEMPLATES = Path(__file__).parent / "templates"
IMPORTS = {"Tensor": "from torch import Tensor\n\n\n", "ndarray": "import numpy as np\n\n\n"}


def new(course: Course, name: str, signature: str | None, console: Console) -> int:
    """Write the folders of a new exercise. Existing files stay unchanged."""
    if not name.isidentifier() or keyword.iskeyword(name) or name != name.lower() or name.startswith("_"):
        raise UsageError(
            "exercise-name",
            found=f"`{name}`",
            where="grade new",
            expected="a name like `fir_bank`: lower-case letters, digits and underscores",
            remedy=f"use `{_tidy(name)}`" if _tidy(name).isidentifier() else "choose such a name",
        )
    function = _function(signature or f"{name}(x: Tensor) -> Tensor")
    targets = {
        course.root / course.settings.exercises / name: ("exercise.toml", "README.md", "stub.py", "test.py"),
        course.root / course.settings.reference / name: (
            "solution.py",
            "misconceptions/first_mistake.py",
            "misconceptions/second_mistake.py",
            "variants/with_loops.py",
        ),
    }
    for folder in targets:
        if folder.exists():
            raise UsageError(
                "exercise-exists",
                found=f"`{folder}` already exists",
                where="grade new",
                expected="a new name",
                remedy=f"continue with it: `grade check {name}`. Or choose another name",
            )
    for folder, files in targets.items():
        for file in files:
            _write(folder / _named(file, name), _filled(file, name, function))
    shown = ", ".join(_shown(course, folder) for folder in targets)
    console.print(f"wrote {shown}", soft_wrap=True)
    console.print(f"  next  grade check {name}: it shows what to do, one step at a time", soft_wrap=True)
    return 0


def _function(signature: str) -> Function:
    text = f"def {signature.removeprefix('def ').rstrip(': ')}: ..."
    try:
        found = list(functions_of(ast.parse(text)))
    except SyntaxError:
        found = []
    if len(found) != 1 or not found[0].returns:
        raise UsageError(
            "signature",
            found=f"`{signature}`",
            where="--function",
            expected="a signature with a return type, like `bank(x: Tensor, kernels: Tensor) -> Tensor`",
            remedy="write it like this, in quotes",
        )
    return found[0]


def _filled(file: str, name: str, function: Function) -> str:
    kinds = "".join(text for kind, text in IMPORTS.items() if kind in function.signature)
    arrays = "ndarray" in function.signature
    template = Template((TEMPLATES / f"{file}.txt").read_text(encoding="utf-8"))
    return template.substitute(
        id=name,
        function=function.name,
        signature=function.signature,
        imports=kinds,
        call=f"{function.name}({', '.join(function.parameters)})",
        strategies="as_arrays, signals" if arrays else "signals",
        drawn="as_arrays(signals())" if arrays else "signals()",
        inputs=", ".join(
            f'{one} = "[n]"' if one in function.tensors else f'{one} = "n"' for one in function.parameters
        ),
    )


def _named(file: str, name: str) -> str:
    return {"stub.py": f"{name}.py", "test.py": f"test_{name}.py"}.get(file, file)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GraderError(
            "unwritable-folder",
            found=f"a file can't be written ({error.strerror})",
            where=str(path),
            expected="a course that you may write to",
            remedy="make the folder writable, or copy the course",
        ) from None


def _tidy(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


def _shown(course: Course, folder: Path) -> str:
    return folder.relative_to(course.root).as_posix()
