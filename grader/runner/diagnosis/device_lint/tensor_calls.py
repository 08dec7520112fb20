"""Finds the calls and device names in a learner's text, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.exercises import Function

LONGEST = 90
Functions = Mapping[str, Function]


@dataclass(frozen=True)
class Culprit:
    """A call that goes wrong: its name, its line, and the advice."""

    name: str
    line: int
    says: str


@dataclass(frozen=True)
class Written:
    """A call as the learner wrote it, and the tensor from which it should take device and dtype."""

    node: ast.Call
    text: str
    tensor: str
    # Names that the text assigns a device to.
    named: Mapping[str, str]

    @property
    def name(self) -> str:
        """The function's name: `zeros` in `torch.zeros(3)`."""
        func = self.node.func
        return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")

    @property
    def owner(self) -> str:
        """The name before the first dot: `torch` in `torch.fft.fftfreq(4)`."""
        node = self.node.func
        while isinstance(node, ast.Attribute):
            node = node.value
        return node.id if isinstance(node, ast.Name) and isinstance(self.node.func, ast.Attribute) else ""

    @property
    def shown(self) -> str:
        """The call as shown in a sentence."""
        text = self.text if len(self.text) <= LONGEST else f"{self.text[:LONGEST]}..."
        return f"`{text}`"

    def inner(self) -> Iterator[Written]:
        """Yield the calls within this one."""
        for node in ast.walk(self.node):
            if isinstance(node, ast.Call) and node is not self.node:
                yield Written(node, "", self.tensor, self.named)

    def keyword(self, name: str) -> ast.expr | None:
        """Return the value of a keyword argument, or None."""
        return next((key.value for key in self.node.keywords if key.arg == name), None)

    def with_keyword(self, name: str, value: str) -> str:
        """Return the call with a keyword argument added or replaced."""
        old = self.keyword(name)
        if old is not None:
            before, found, after = self.text.rpartition(f"{name}=")
            given = ast.unparse(old).replace("'", '"')
            if found and after.replace("'", '"').startswith(given):
                return f"{before}{found}{value}{after[len(given) :]}"
        inner = self.text.removesuffix(")").rstrip().removesuffix(",")
        return f"{inner}{'' if inner.endswith('(') else ', '}{name}={value})"


def calls(text: str, asked: Functions) -> Iterator[Written]:
    """Yield the calls in a text that parses, in line order.

    `asked` lists the exercise's functions. A name that is a tensor in one of them is treated as a
    tensor.
    """
    tree = ast.parse(text)
    named = dict(_named_devices(tree))

    def walk(node: ast.AST, tensor: str) -> Iterator[Written]:
        if isinstance(node, ast.Call):
            segment = " ".join((ast.get_source_segment(text, node) or "").split())
            yield Written(node, segment, tensor, named)
        inside = _tensor_of(node, asked) if isinstance(node, ast.FunctionDef) else tensor
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from sorted(walk(tree, ""), key=lambda one: (one.node.lineno, one.node.col_offset))


def literal(node: ast.expr, named: Mapping[str, str]) -> str | None:
    """Return the device that an expression names: `"cuda"`, or `torch.device("cuda:0")`."""
    if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rpartition(".")[2] == "device":
        node = node.args[0]
    if isinstance(node, ast.IfExp):
        # The usual pattern: `"cuda" if torch.cuda.is_available() else "cpu"`.
        return literal(node.body, named) and "the machine's device"
    if isinstance(node, ast.Name):
        return named.get(node.id)
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return None
    kind = node.value.partition(":")[0]
    return {"cpu": "the CPU", "cuda": "CUDA", "mps": "MPS"}.get(kind)


def _named_devices(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and (device := literal(node.value, {})) is not None:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, device


def _tensor_of(function: ast.FunctionDef, asked: Functions) -> str:
    """Return the first parameter of a function that appears to be a tensor."""
    arguments = function.args
    known = {name for one in asked.values() for name in one.tensors}
    placed = asked[function.name].tensors.values() if function.name in asked else ()
    for place, one in enumerate([*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]):
        annotated = one.annotation is not None and "Tensor" in ast.unparse(one.annotation)
        if annotated or one.arg in known or place in placed:
            return one.arg
    return ""
