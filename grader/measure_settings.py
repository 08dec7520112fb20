"""The table `[measure]` of an exercise: what is timed, how a size becomes inputs, and which rivals."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from grader.errors import GraderError

# The name of the size in all formulas.
SIZE = "n"
LARGEST = 1 << 40
_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Div: operator.truediv,
}
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {"min": min, "max": max, "log2": math.log2}


class MeasureSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `[measure]`.

    `inputs` gives each parameter a formula in `n`: `n // 4` is a whole number, `[n // 4]` or `[n, 3]` a
    random tensor of this shape. `rivals` are files in the exercise's reference folder, in `rivals/` or
    `variants/`, without `.py`. `operations` is a formula for the multiplications and additions of one call.
    """

    function: str
    inputs: dict[str, str]
    rivals: tuple[str, ...] = ()
    operations: str = ""
    # The smallest and the largest size that is tried.
    sizes: tuple[int, int] = (16, 1 << 22)
    # What `n` is, as learners read it.
    size: str = "the length of the signal"


def amount(formula: str, size: int) -> int | float | tuple[int, ...]:
    """Return the value of a formula for a size: a number, or the shape of a tensor.

    Raise GraderError for anything but numbers, `n`, `+ - * / // %`, `min`, `max`, `log2` and brackets.
    """
    try:
        node = ast.parse(formula, mode="eval").body
        if isinstance(node, ast.List):
            return tuple(_whole(_value(one, size)) for one in node.elts)
        return _value(node, size)
    except (SyntaxError, ValueError, ZeroDivisionError, TypeError) as error:
        raise GraderError(
            "measure-formula",
            found=f"`{formula}`: {error}",
            where="[measure] in exercise.toml",
            expected=f"a formula in `{SIZE}`, such as `n // 4`, or a shape, such as `[n // 4]`",
            remedy="correct the formula",
        ) from None


def _whole(value: float) -> int:
    if int(value) != value or not 0 < value < LARGEST:
        raise ValueError(f"{value} is no length of a tensor")
    return int(value)


def _value(node: ast.expr, size: int) -> int | float:
    match node:
        case ast.Name(id=name) if name == SIZE:
            return size
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            found: int | float = _BINARY[type(op)](_value(left, size), _value(right, size))
            return found
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            result: int | float = _FUNCTIONS[name](*(_value(one, size) for one in args))
            return result
    raise ValueError(f"`{ast.unparse(node)}` is not allowed")
