"""Read an exercise from its folder and its reference folder. Runs no code of the course."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from grader.errors import GraderError
from grader.measure_settings import MeasureSettings
from grader.report_model import DEVICE, DEVICE_SAYS, SIMULATED, Kind

CONVENTION = "Convention:"
# Beside the reference: which test caught each mutant last time. It never changes a verdict.
KILLERS = "killers.json"


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mutant of the reference that is still correct, and why: `[[equivalent]]` in `exercise.toml`."""

    mutant: str
    reason: str


class ExerciseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `exercise.toml`."""

    format: Literal[1]
    title: str
    chapter: int
    minutes: int
    difficulty: int
    after: tuple[str, ...] = ()
    devices: tuple[str, ...] = ("cpu", "cuda")
    # What a worker may compute or sleep during one call. Other time on the clock doesn't count.
    call_seconds: float = 5.0
    forbids: tuple[str, ...] = ()
    equivalent: tuple[Equivalent, ...] = ()
    # By function: an example, as an address of the laboratory. Its operation and mode apply to all cases.
    laboratory: dict[str, str] = {}
    # What `grade measure` times.
    measure: MeasureSettings | None = None

    def runs_on(self, device: str) -> bool:
        """Return whether the exercise is graded on a device. The simulated one counts as CUDA."""
        return ("cuda" if device == SIMULATED else device) in self.devices


@dataclass(frozen=True)
class Function:
    """A function that an exercise asks for, as its stub declares it."""

    name: str
    signature: str
    parameters: tuple[str, ...]
    returns: str
    line: int
    # The tensor parameters, and the position of each.
    tensors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Law:
    """A test as its source declares it. Reading it doesn't run it."""

    id: str
    says: str
    points: float
    line: int
    hidden: bool = False


@dataclass(frozen=True)
class Wrong:
    """A known wrong solution in the reference tree."""

    slug: str
    path: Path
    name: str
    message: str
    kind: Kind = "mistake"


@dataclass(frozen=True)
class Exercise:
    """One exercise: its folder, and its folder in the reference tree."""

    id: str
    folder: Path
    reference: Path
    settings: ExerciseFile

    @property
    def title(self) -> str:
        """The title shown to people."""
        return self.settings.title

    @property
    def statement(self) -> Path:
        """The README with the task and its hints."""
        return self.folder / "README.md"

    @property
    def stub(self) -> Path:
        """The file that a learner starts from."""
        return self.folder / f"{self.id}.py"

    @property
    def tests(self) -> Path:
        """The tests, as plain pytest."""
        return self.folder / f"test_{self.id}.py"

    @property
    def solution(self) -> Path:
        """The reference solution."""
        return self.reference / "solution.py"

    @property
    def variants(self) -> list[Path]:
        """Complete correct solutions that are written differently."""
        return sorted((self.reference / "variants").glob("*.py"))

    @property
    def rivals(self) -> list[Path]:
        """Solutions that only `grade measure` times, and that no learner would hand in."""
        return sorted((self.reference / "rivals").glob("*.py"))

    def rival(self, name: str) -> Path:
        """Return the file of a rival of `grade measure`: in `rivals/`, else in `variants/`."""
        own = self.reference / "rivals" / f"{name}.py"
        return own if own.exists() else self.reference / "variants" / f"{name}.py"

    @cached_property
    def misconceptions(self) -> list[Wrong]:
        """Complete wrong solutions. In the docstring the first line is the name, the rest the message."""
        return [
            _read_misconception(path) for path in sorted((self.reference / "misconceptions").glob("*.py"))
        ]

    @cached_property
    def functions(self) -> dict[str, Function]:
        """The functions that the stub declares, in order."""
        return {function.name: function for function in functions_of(_parse(self.stub))}

    @property
    def has_tensors(self) -> bool:
        """Whether the device can make a difference: false if the stub's annotations contain no tensor."""
        return any("Tensor" in one.signature or not one.returns for one in self.functions.values())

    @cached_property
    def laws(self) -> list[Law]:
        """The tests in order, with the sentences that learners read."""
        return list(_laws_of(_parse(self.tests)))

    @property
    def points(self) -> float:
        """The points of the exercise's own tests."""
        return sum(law.points for law in self.laws)

    @property
    def is_tried_elsewhere(self) -> bool:
        """Whether another device is tested: the stub must use tensors, and the exercise must allow one."""
        return self.has_tensors and any(one != "cpu" for one in self.settings.devices)

    @property
    def checked(self) -> list[Law]:
        """The tests in order, followed by the test that sums up the results on another device."""
        device = Law(DEVICE, DEVICE_SAYS, 0.0, 0)
        return [*self.laws, device] if self.is_tried_elsewhere else self.laws

    @cached_property
    def hints(self) -> list[str]:
        """The items under `## Hints` of the README. Hints get stronger."""
        text = read_text(self.statement)
        _, found, tail = text.partition("\n## Hints\n")
        section = tail.split("\n## ", 1)[0] if found else ""
        items: list[str] = []
        for line in section.splitlines():
            start, _, rest = line.partition(". ")
            if start.isdigit():
                items.append(rest.strip())
            elif items and line.strip():
                items[-1] += "\n" + line.strip()
        return items


def functions_of(tree: ast.Module) -> Iterator[Function]:
    """Yield the public functions at the top level of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            returns = ast.unparse(node.returns) if node.returns else ""
            arrow = f" -> {returns}" if returns else ""
            arguments = ast.unparse(node.args)
            every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            names = tuple(a.arg for a in every)
            tensors = {
                a.arg: place
                for place, a in enumerate(every)
                if a.annotation is not None and "Tensor" in ast.unparse(a.annotation)
            }
            yield Function(
                node.name, f"{node.name}({arguments}){arrow}", names, returns, node.lineno, tensors
            )


def _laws_of(tree: ast.Module) -> Iterator[Law]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            name = node.name.removeprefix("test_")
            says = (ast.get_docstring(node) or name).partition("\n")[0]
            points, hidden = _points_of(node)
            yield Law(name, says, points, node.lineno, hidden)


def _points_of(test: ast.FunctionDef) -> tuple[float, bool]:
    """Return the points and `hidden` of a test's `@points(n, hidden=...)`. Without it: one point."""
    for one in test.decorator_list:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "points":
            value = one.args[0] if one.args else None
            known = isinstance(value, ast.Constant) and isinstance(value.value, int | float)
            hidden = any(
                key.arg == "hidden" and isinstance(key.value, ast.Constant) and bool(key.value.value)
                for key in one.keywords
            )
            return (float(value.value) if known else 1.0), hidden  # type: ignore[union-attr]
    return 1.0, False


def read_text(path: Path) -> str:
    """Return the text of a course file. If the file is missing, raise an error with its name."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GraderError(
            "exercise-files",
            found=f"`{path.name}` can't be read ({error})",
            where=str(path.parent),
            expected="exercise.toml, README.md, the stub and the tests in the folder of every exercise",
            remedy="create the file",
        ) from None


def _parse(path: Path) -> ast.Module:
    try:
        return ast.parse(read_text(path), filename=str(path))
    except SyntaxError as error:
        raise GraderError(
            "course-syntax",
            found=f"{error.msg} (line {error.lineno})",
            where=str(path),
            expected="a Python file",
            remedy="fix that line",
        ) from None


def kind_and_name(line: str) -> tuple[Kind, str]:
    """Return the kind (convention or mistake) and the name from a misconception's first docstring line."""
    name = line.strip().rstrip(".")
    if name.startswith(CONVENTION):
        return "convention", name.removeprefix(CONVENTION).strip()
    return "mistake", name


def _read_misconception(path: Path) -> Wrong:
    first, _, message = (ast.get_docstring(_parse(path)) or "").partition("\n")
    kind, name = kind_and_name(first)
    if not name:
        raise GraderError(
            "misconception-docstring",
            found="this misconception has no name",
            where=str(path),
            expected="a docstring: first line the name of the mistake, below it the message to the learner",
            remedy="write the docstring",
        )
    return Wrong(path.stem, path, name, " ".join(message.split()), kind)
