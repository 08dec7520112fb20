"""Corner mutants: the reference with one corner case broken. They work for any exercise.

Text mutants (`grader.authoring.mutants`) change how a solution is written. A corner mutant wraps a whole
function: it is correct for the small integers that tests try first, and wrong for inputs that few tests use.
`templates/corners.py` defines what each one breaks. The corner cases of a function
follow from its stub: the parameters, their annotations and the shapes in the docstring.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.mutants import Mutant
from grader.exercises import Exercise, read_text

TEMPLATES = Path(__file__).parent / "templates"
CHANGES = "grader.authoring.templates.corner_changes"

REAL = ("float32", "float64")
COMPLEX = ("complex64", "complex128")
SIZES = (4, 8, 16, 32, 64)
TAPS = (4, 8, 16)
SIDES = (4, 8, 12)
CHANNELS = (4, 8)
CUTS = (2, 3, 4, 5)
DECIMALS = (0, 2)
ENTRIES = (9.0, 1e4, 1e6)
CALLS = (1, 7)
KINDS = ("even", "odd", "no prime", "a power of two")
# Tests with this text draw complex tensors.
WITH_COMPLEX = "with_complex=True"
SHAPE = re.compile(r"^ *(?P<names>[\w, ]+): (?:float |complex )?\((?P<shape>[^()]*)\)", re.MULTILINE)


@dataclass(frozen=True)
class Parameter:
    """A parameter of an exercise's function: its position, and its number of axes if it is a tensor."""

    name: str
    place: int
    annotation: str
    axes: int

    @property
    def at(self) -> tuple[int, str]:
        """How a call passes the parameter: by position or by name."""
        return self.place, self.name

    @property
    def is_tensor(self) -> bool:
        """Whether the parameter takes a tensor."""
        return self.annotation.startswith("Tensor")

    @property
    def is_integer(self) -> bool:
        """Whether the parameter takes one or several integers."""
        return self.annotation.startswith(("int", "tuple[int", "list[tuple[int"))


@dataclass(frozen=True)
class CornerFunction:
    """A function of a stub, as read from its source."""

    name: str
    parameters: list[Parameter]
    returns: str
    axes: int

    @property
    def tensors(self) -> list[Parameter]:
        """The parameters that take tensors."""
        return [one for one in self.parameters if one.is_tensor]


@dataclass(frozen=True)
class Corner:
    """An edge case of a function: its description, and the arguments of `broken`."""

    says: str
    kind: str
    details: tuple[object, ...] = ()


def corners_of(exercise: Exercise) -> list[Mutant]:
    """Return every corner mutant of an exercise's reference, each with a unique name."""
    source, text = read_text(exercise.solution), template()
    lines = {node.name: node.lineno for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    properties = read_text(exercise.tests)
    return [
        Mutant(
            f"{function.name}: {corner.says}",
            lines.get(function.name, 1),
            _mutated(source, text, function.name, corner),
        )
        for function in functions_of(read_text(exercise.stub))
        for corner in corners(
            function,
            with_complex=WITH_COMPLEX in properties,
            with_gradients=".vjp(" in properties,
            with_inputs=".inputs_after(" in properties,
            with_domain=".raises(" in properties,
        )
    ]


def functions_of(stub: str) -> list[CornerFunction]:
    """Return the functions of a stub."""
    return [_function(node) for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef)]


def corners(
    function: CornerFunction,
    *,
    with_complex: bool,
    with_gradients: bool,
    with_inputs: bool,
    with_domain: bool,
) -> Iterator[Corner]:
    """Yield the corner cases of a function.

    Corner cases that involve complex tensors, gradients, changed inputs or the domain are included only
    if the tests use them.
    """
    yield from (Corner(f"wrong from call {most + 1} on", "calls", (most,)) for most in CALLS)
    if with_domain:
        yield from _of_domain(function)
    yield from _of_integers(function)
    if function.tensors:
        yield from _of_sizes(function)
        yield from _of_entries(function)
        dtypes = REAL + (COMPLEX if with_complex else ())
        yield from (Corner(f"wrong for {name} only", "dtype", (name,)) for name in dtypes)
        for one in function.tensors if with_inputs else ():
            yield from (
                Corner(f"{one.name} changed in place for {name} only", "in_place", (one.at, name))
                for name in dtypes
            )
    if "Tensor" in function.returns:
        yield from _of_answers(function)
        if function.tensors and with_gradients:
            yield from (Corner(f"detached for {name} only", "detached", (name,)) for name in dtypes)


def _of_domain(function: CornerFunction) -> Iterator[Corner]:
    for one in function.parameters:
        if (one.is_tensor and one.axes) or one.annotation.startswith(("int", "tuple[int")):
            yield Corner(f"raises only if {one.name} is far outside", "domain", (one.at,))


def _of_integers(function: CornerFunction) -> Iterator[Corner]:
    for one in function.parameters:
        if one.is_integer:
            yield from (Corner(f"{one.name} cut at {most}", "integer", (one.at, most)) for most in CUTS)


def _of_sizes(function: CornerFunction) -> Iterator[Corner]:
    axes = max(one.axes for one in function.tensors)
    sizes: tuple[int, ...] = SIZES if axes < 2 else SIDES if axes == 2 else CHANNELS
    yield from (Corner(f"mixed up beyond {most} entries", "entries", (most,)) for most in sizes)
    if sum(one.axes > 0 for one in function.tensors) > 1:
        yield from (
            Corner(f"mixed up if nothing has {most} entries or less", "taps", (most,))
            for most in (TAPS if axes < 2 else TAPS[:1])
        )
    for one in function.tensors:
        if not one.axes:
            continue
        yield from (
            Corner(f"right only if the length of {one.name} is {kind}", "sizes", (one.at, kind))
            for kind in KINDS
        )
        if one.axes > 1:
            yield Corner(f"{one.name} transposed if square", "square", (one.at,))
        yield from (
            Corner(f"axis {axis} of {one.name} permuted from 3 on", "permuted", (one.at, axis))
            for axis in range(one.axes - 1)
        )
        yield Corner(f"{one.name} read as if without gaps", "gaps", (one.at,))


def _of_entries(function: CornerFunction) -> Iterator[Corner]:
    yield from (Corner(f"wrong for entries beyond {most:g}", "beyond", (most,)) for most in ENTRIES)
    yield Corner("entries below 1e-05 taken for zero", "tiny")
    yield Corner("wrong for equal entries", "equal")
    for one in function.tensors:
        yield Corner(f"{one.name} read without its fractions", "whole", (one.at,))
        yield Corner(f"{one.name} read without its signs", "negative", (one.at,))


def _of_answers(function: CornerFunction) -> Iterator[Corner]:
    yield Corner("float32 on the way", "single")
    yield Corner("float16 on the way", "half")
    yield from (Corner(f"rounded to {places} decimals", "rounded", (places,)) for places in DECIMALS)
    yield Corner("truncated to integers", "truncated")
    yield Corner("clamped to 16 bits", "clamped")
    # With more than two axes, the first is the batch.
    rows: tuple[int, ...] = SIDES if function.axes < 3 else CHANNELS[:1]
    yield from (Corner(f"nothing in rows beyond {most}", "rows", (most,)) for most in rows)
    if function.axes > 1:
        # A matrix that the function builds has many columns. One that it takes and returns has few.
        integers = any(one.is_integer for one in function.parameters)
        built = integers or all(one.axes < 2 for one in function.tensors)
        columns: tuple[int, ...] = CHANNELS[:1] if function.axes > 3 else SIZES if built else SIDES
        yield from (Corner(f"nothing in columns beyond {most}", "columns", (most,)) for most in columns)


def _function(node: ast.FunctionDef) -> CornerFunction:
    said = ast.get_docstring(node) or ""
    axes = {
        name.strip(): shape.rstrip(", ").count(",") + 1 if shape else 0
        for names, shape in SHAPE.findall(said)
        for name in names.split(",")
    }
    parameters = [
        Parameter(one.arg, place, ast.unparse(one.annotation) if one.annotation else "", axes.get(one.arg, 1))
        for place, one in enumerate(node.args.args)
    ]
    return CornerFunction(
        node.name, parameters, ast.unparse(node.returns) if node.returns else "", axes.get("returns", 1)
    )


def template() -> str:
    """Return the code that breaks corner cases. It runs in a worker and doesn't import the grader."""
    corners = read_text(TEMPLATES / "corners.py")
    lines = corners.splitlines(keepends=True)
    for node in ast.parse(corners).body:
        if isinstance(node, ast.ImportFrom) and node.module in {"__future__", CHANGES}:
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[number - 1] = ""
    return read_text(TEMPLATES / "corner_changes.py") + "".join(lines)


def _mutated(source: str, template: str, name: str, corner: Corner) -> str:
    asked = ", ".join([name, *map(repr, (corner.kind, *corner.details))])
    return (
        f"{source}\n\nimport types\n\n"
        f'corners = types.ModuleType("corners")\n'
        f"exec({template!r}, vars(corners))\n"
        f"{name} = corners.broken({asked})\n"
    )
