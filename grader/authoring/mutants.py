"""Put small mistakes into the reference solution, one at a time.

A surviving mutant is a mistake that no test detects. These are the changes (docs/instructors.md has an
example of each):

- off by one: an integer n becomes n + 1, and n - 1;
- arithmetic: + and - are swapped, * becomes +, // becomes *, a % b becomes a, -a becomes a,
  a @ b becomes b @ a;
- comparison: < and <= are swapped, > and >= are swapped, == and != are swapped;
- logic: `and` and `or` are swapped, `not` is dropped, one operand of `and` or `or` is dropped;
- slice ends: a bound of a slice is dropped;
- swapped arguments: two neighbouring positional arguments are swapped;
- dropped keyword: a keyword argument is dropped, `dtype` and `device` included;
- dropped step: x.flip(0), x.conj(), x.roll(1), x.real, x.T, ... become x;
- dropped guard: an `if` that only raises is removed.

Error messages, docstrings and annotations are not changed.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

STEPS = {
    *("flip", "conj", "resolve_conj", "roll", "T", "mT", "real", "round", "abs", "cumsum", "clamp", "item"),
    *("contiguous", "clone", "transpose", "movedim", "flatten", "unsqueeze", "squeeze"),
    *("to", "long", "double"),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.LShift: ast.RShift,
    ast.Pow: ast.Mult,
}
COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}

Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """The reference with one change: the name of the change, its line, and the whole source."""

    name: str
    line: int
    source: str


def mutants_of(source: str) -> list[Mutant]:
    """Return every mutant of a source, each with a unique name that doesn't depend on line numbers."""
    tree = ast.parse(source)
    places = {id(node): number for number, node in enumerate(ast.walk(tree))}
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    seen: Counter[str] = Counter()
    found = []
    for node in _open(tree):
        for change in _changes(node):
            mutated = copy.deepcopy(tree)
            target = list(ast.walk(mutated))[places[id(node)]]
            shown = _shown(node, parents)
            place = places[id(shown)]
            before = _text(shown)
            _replace(mutated, target, change(target))
            after = _text(list(ast.walk(mutated))[place]) if shown is not node else _text(change(_copy(node)))
            name = f"{before} -> {after}"
            seen[name] += 1
            if seen[name] > 1:
                name += f" ({seen[name]})"
            text = ast.unparse(ast.fix_missing_locations(mutated))
            found.append(Mutant(name, getattr(node, "lineno", 1), text + "\n"))
    return found


def _copy(node: ast.AST) -> ast.AST:
    return copy.deepcopy(node)


def _open(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes that may be changed: no messages, docstrings, annotations or imports."""

    def walk(node: ast.AST) -> Iterator[ast.AST]:
        yield node
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list"}:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _closed(child):
                    yield from walk(child)

    yield from walk(tree)


def _closed(node: ast.AST) -> bool:
    is_text = (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
    return is_text or isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Assert)


def _changes(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield from (_set(value=node.value + step) for step in (1, -1))
    elif isinstance(node, ast.BinOp):
        yield from _of_arithmetic(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield lambda one: one.operand  # type: ignore[attr-defined]
    elif isinstance(node, ast.Compare):
        yield from (_of_comparison(place) for place, op in enumerate(node.ops) if type(op) in COMPARISON)
    elif isinstance(node, ast.BoolOp):
        yield _set(op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        yield from (_without("values", place) for place in range(len(node.values)))
    elif isinstance(node, ast.Slice):
        yield from (_set(**{end: None}) for end in ("lower", "upper") if getattr(node, end) is not None)
    elif isinstance(node, ast.Attribute) and node.attr in STEPS:
        yield lambda one: one.value  # type: ignore[attr-defined]
    elif _is_guard(node):
        yield lambda one: ast.Pass(lineno=one.lineno)  # type: ignore[attr-defined]
    if isinstance(node, ast.Call):
        yield from _of_call(node)


def _is_guard(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If) and not node.orelse and all(isinstance(one, ast.Raise) for one in node.body)
    )


def _of_arithmetic(node: ast.BinOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Mod):
        yield lambda one: one.left  # type: ignore[attr-defined]
    elif isinstance(node.op, ast.MatMult):
        yield lambda one: ast.BinOp(one.right, one.op, one.left)  # type: ignore[attr-defined]
    elif type(node.op) in ARITHMETIC:
        yield _set(op=ARITHMETIC[type(node.op)]())


def _of_comparison(place: int) -> Change:
    def change(one: ast.AST) -> ast.AST:
        assert isinstance(one, ast.Compare)
        one.ops[place] = COMPARISON[type(one.ops[place])]()
        return one

    return change


def _of_call(node: ast.Call) -> Iterator[Change]:
    if isinstance(node.func, ast.Attribute) and node.func.attr in STEPS:
        yield lambda one: one.func.value  # type: ignore[attr-defined]
    for place in range(len(node.args) - 1):
        if ast.dump(node.args[place]) != ast.dump(node.args[place + 1]):
            yield _swapped(place)
    yield from (_without("keywords", place) for place, key in enumerate(node.keywords) if key.arg)


def _set(**fields: object) -> Change:
    def change(one: ast.AST) -> ast.AST:
        for name, value in fields.items():
            setattr(one, name, value)
        return one

    return change


def _without(name: str, place: int) -> Change:
    def change(one: ast.AST) -> ast.AST:
        items = list(getattr(one, name))
        del items[place]
        setattr(one, name, items)
        return items[0] if name == "values" and len(items) == 1 else one

    return change


def _swapped(place: int) -> Change:
    def change(one: ast.AST) -> ast.AST:
        assert isinstance(one, ast.Call)
        one.args[place], one.args[place + 1] = one.args[place + 1], one.args[place]
        return one

    return change


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Replace a node of a tree with another."""
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
                return
            if isinstance(value, list) and any(one is old for one in value):
                setattr(node, name, [new if one is old else one for one in value])
                return


def _shown(node: ast.AST, parents: dict[int, ast.AST]) -> ast.AST:
    """Return the node to show for a change. For a number or a slice bound, it is the enclosing expression."""
    if isinstance(node, ast.Constant | ast.Slice | ast.Attribute):
        parent = parents[id(node)]
        while not isinstance(parent, ast.expr | ast.stmt) or isinstance(parent, ast.Slice | ast.Tuple):
            parent = parents[id(parent)]
        return parent if isinstance(parent, ast.expr) else node
    return node


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.If):
        return f"`if {ast.unparse(node.test)}: raise`"
    text = " ".join(ast.unparse(ast.fix_missing_locations(_copy(node))).split())
    return f"`{text}`"
