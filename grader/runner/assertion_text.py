"""Puts a failed `assert` into words: "found 0, expected at least 1" instead of "assert 0 >= 1"."""

from __future__ import annotations

import ast
import operator

WORDS: dict[type[ast.cmpop], str] = {
    ast.LtE: "at most",
    ast.GtE: "at least",
    ast.Lt: "less than",
    ast.Gt: "more than",
    ast.NotEq: "anything but",
    ast.In: "one of",
    ast.NotIn: "none of",
    ast.Eq: "",
}
ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
NOTHING = "the condition of this test is false"
LONGEST = 60
MARK = "assert "


def in_words(line: str) -> str:
    """Reword the first line of an assertion's message, but keep a message written by the test's author."""
    if not line.startswith(MARK):
        return line
    try:
        node = ast.parse(line, mode="exec").body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return NOTHING
    test = node.test if isinstance(node, ast.Assert) else None
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or type(test.ops[0]) not in WORDS:
        return NOTHING
    found, expected = _shown(test.left), _shown(test.comparators[0])
    if found is None or expected is None:
        return NOTHING
    return " ".join(filter(None, (f"found {found}, expected", WORDS[type(test.ops[0])], expected)))


def _shown(node: ast.expr) -> str | None:
    """Return one side of a comparison as text, or None if it is not a plain value."""
    number = _number(node)
    if number is not None:
        return f"{number:g}" if isinstance(number, float) else str(number)
    try:
        text = repr(ast.literal_eval(node))
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None
    return text if len(text) <= LONGEST else None


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        return node.value  # type: ignore[return-value]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        left, right = _number(node.left), _number(node.right)
        if (
            left is None
            or right is None
            or (right == 0 and not isinstance(node.op, ast.Add | ast.Sub | ast.Mult))
        ):
            return None
        value: float = ARITHMETIC[type(node.op)](left, right)
        return value
    return None
