"""Runs a submission's text as one module: a file all at once, a notebook cell by cell."""

from __future__ import annotations
import __future__

import ast
import asyncio
import builtins
import inspect
import itertools
import sys
import types
from collections.abc import Container, Iterator
from functools import reduce
from operator import or_
from pathlib import Path

from grader.sandbox import wire
from grader.source_text import SourceText

LONGEST_NAME = 80
ANY_LINE = range(1, sys.maxsize)
EXCEPTIONS = {
    kind: name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException) and kind.__name__ == name
}
FUTURE = reduce(or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))


class Program:
    """A submission's text as a module."""

    def __init__(self, source: SourceText, folder: str) -> None:
        """Write the text to a file for tracebacks and `inspect`. Run nothing yet."""
        # Cut, because escaped characters can make a very long file name even longer.
        path = Path(folder) / Path(source.filename).name[-LONGEST_NAME:]
        path.write_text(source.text, encoding="utf-8")
        # A notebook may be called `torch`, and still import torch.
        name = f"{path.stem}_submitted" if path.stem in sys.modules else path.stem
        self.module = types.ModuleType(name)
        self.module.__file__ = str(path)
        sys.modules[self.module.__name__] = self.module
        if source.starts:
            # As in Jupyter, also for code that looks up its module by name.
            self.module.__name__ = "__main__"
            sys.modules["__main__"] = self.module
            vars(self.module).update(In=[], Out={}, _="", __="", ___="")
        self._source = source
        self._flags = 0

    def load(self) -> wire.Reply:
        """Run a file. A notebook runs cell by cell, so only prepare it."""
        if self._source.starts:
            return wire.Loaded([])
        try:
            self._execute(self._source.text, 0)
        except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
            return raised(error, self.module)
        return wire.Loaded(self._functions())

    def run(self, cell: int) -> wire.Reply:
        """Run one cell. Definitions made before an exception are kept, as in Jupyter.

        A failed import is reported, but doesn't stop its cell.
        """
        start, text = self._source.starts[cell - 1], self._source.cells[cell - 1]
        own = range(start, start + text.count("\n") + 1)
        # Empty lines above the cell give each line its number in the whole text.
        text = "\n" * (start - 1) + text
        flags = self._flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        missed: wire.Raised | None = None
        try:
            for part, is_import in self._parts(text, flags):
                try:
                    self._execute(part, flags | self._flags)
                except ImportError as error:
                    if not is_import:
                        raise
                    missed = missed or raised(error, self.module, own)
        except BaseException as error:  # noqa: BLE001 - SystemExit and the like are answers too
            return wire.Loaded(self._functions(), missed or raised(error, self.module, own))
        return wire.Loaded(self._functions(), missed)

    def _parts(self, text: str, flags: int) -> Iterator[tuple[ast.Module, bool]]:
        """Yield a cell's imports one by one, and the code between them."""
        tree = compile(text, str(self.module.__file__), "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        for is_import, statements in itertools.groupby(tree.body, key=_is_import):
            for part in [[one] for one in statements] if is_import else [list(statements)]:
                yield ast.Module(part, []), is_import

    def _execute(self, text: str | ast.Module, flags: int) -> None:
        code = compile(text, str(self.module.__file__), "exec", flags, dont_inherit=True)
        # A cell's imports from __future__ hold for later cells.
        self._flags |= code.co_flags & FUTURE
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(code, vars(self.module)))  # noqa: S307 - a cell with a top-level `await`
        else:
            exec(code, vars(self.module))  # noqa: S102 - this is the one place that runs a submission

    def _functions(self) -> list[str]:
        named = {str(name): value for name, value in vars(self.module).items()}
        return [name for name, value in named.items() if callable(value) and len(name) <= wire.MAX_NAME]


def _is_import(node: ast.stmt) -> bool:
    """Return whether the cell continues if this import fails. It doesn't for imports from `__future__`."""
    return isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module != "__future__")


def raised(error: BaseException, module: types.ModuleType, own: Container[int] = ANY_LINE) -> wire.Raised:
    """Describe an exception, with the innermost line of the learner's text among the `own` lines."""
    bases = [EXCEPTIONS[kind] for kind in type(error).__mro__ if kind in EXCEPTIONS]
    return wire.Raised(
        type(error).__name__[: wire.MAX_NAME], bases, _message(error), _line(error, module, own)
    )


def _message(error: BaseException) -> str:
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        return str(text)[: wire.MAX_MESSAGE].encode("utf-8", "replace").decode("utf-8")
    except BaseException as another:  # noqa: BLE001 - __str__ is the learner's code
        return f"(its message can't be printed: {type(another).__name__[: wire.MAX_NAME]})"


def _line(error: BaseException, module: types.ModuleType, own: Container[int]) -> int | None:
    path = module.__file__
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path and trace.tb_lineno in own:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
