"""What a learner's file may name and no verdict depends on: drawing, and the shell of a notebook.

They do nothing, so that a plot at the end of a file, or a line that Jupyter wrote, costs nobody a point.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import itertools
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any, Self

# Only where one isn't installed; a package that is, is used.
PLOTTING = frozenset(
    {
        "IPython",
        "altair",
        "bokeh",
        "google",
        "ipywidgets",
        "matplotlib",
        "mpl_toolkits",
        "plotly",
        "pylab",
        "seaborn",
    }
)
SHELL = ("display", "get_ipython")


class Nothing:
    """Takes part in whatever is done with it, and does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take anything."""

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Return as little."""
        return Nothing()

    def __getattr__(self, name: str) -> Any:
        """Have every attribute but those by which Python asks what an object can do."""
        if name.startswith("__"):
            raise AttributeError(name)
        return subplots if name == "subplots" else Nothing()

    def __getitem__(self, _: Any) -> Any:
        """Hold anything at every place."""
        return Nothing()

    def __setitem__(self, _: Any, __: Any) -> None:
        """Keep nothing."""

    def __iter__(self) -> Iterator[Any]:
        """Hold nothing."""
        return iter(())

    def __enter__(self) -> Self:
        """Begin nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""


class Axes(Nothing):
    """As many axes as a figure has; with one of them it is that one."""

    def __init__(self, count: int) -> None:
        """Take how many there are."""
        self._count = count

    def __iter__(self) -> Iterator[Any]:
        """Yield each."""
        return itertools.repeat(Nothing(), self._count)

    @property
    def flat(self) -> Self:
        """They are in one row."""
        return self

    def flatten(self) -> Self:
        """Return them in one row."""
        return self

    ravel = flatten


def subplots(nrows: int = 1, ncols: int = 1, **_: Any) -> tuple[Nothing, Nothing]:
    """Return a figure and its axes, for whoever unpacks them."""
    count = nrows * ncols if isinstance(nrows, int) and isinstance(ncols, int) else 1
    return Nothing(), Axes(count)


class _Module(types.ModuleType):
    """A module that has every name."""

    __path__: list[str] = []  # noqa: RUF012 - what makes it a package

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return subplots if name == "subplots" else Nothing()


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds what no other finder has found."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find the parts of a package for drawing."""
        del path, target
        if fullname.partition(".")[0] not in PLOTTING:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Make a module of nothing."""
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def install() -> None:
    """Have packages for drawing that aren't installed, and what a notebook's shell has in every cell."""
    sys.meta_path.append(_Finder())
    for name in SHELL:
        vars(builtins).setdefault(name, lambda *_, **__: Nothing())
