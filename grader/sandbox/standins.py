"""Stand-ins for plotting packages and a notebook's shell. No verdict depends on them.

They do nothing, so that a plot at the end of a file, or a line that Jupyter wrote, costs no points.
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

# Used only if the package isn't installed.
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
    """Accepts every operation and does nothing."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Accept anything."""

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Return another `Nothing`."""
        return Nothing()

    def __getattr__(self, name: str) -> Any:
        """Return a stand-in for any attribute except dunder names. Python uses those to detect features."""
        if name.startswith("__"):
            raise AttributeError(name)
        return subplots if name == "subplots" else Nothing()

    def __getitem__(self, _: Any) -> Any:
        """Return `Nothing` for every index."""
        return Nothing()

    def __setitem__(self, _: Any, __: Any) -> None:
        """Keep nothing."""

    def __iter__(self) -> Iterator[Any]:
        """Yield nothing."""
        return iter(())

    def __enter__(self) -> Self:
        """Do nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class Axes(Nothing):
    """A figure's axes. If there is only one, it can be used directly."""

    def __init__(self, count: int) -> None:
        """Store the number of axes."""
        self._count = count

    def __iter__(self) -> Iterator[Any]:
        """Yield each axis."""
        return itertools.repeat(Nothing(), self._count)

    @property
    def flat(self) -> Self:
        """The axes, which are already in one row."""
        return self

    def flatten(self) -> Self:
        """Return the axes in one row."""
        return self

    ravel = flatten


def subplots(nrows: int = 1, ncols: int = 1, **_: Any) -> tuple[Nothing, Nothing]:
    """Return a figure and its axes, which can be unpacked."""
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
    """Finds plotting packages that no other finder has found."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a plotting package or a part of one."""
        del path, target
        if fullname.partition(".")[0] not in PLOTTING:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Make an empty module."""
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing."""


def install() -> None:
    """Provide missing plotting packages, and the names that a notebook's shell has in every cell."""
    sys.meta_path.append(_Finder())
    for name in SHELL:
        vars(builtins).setdefault(name, lambda *_, **__: Nothing())
