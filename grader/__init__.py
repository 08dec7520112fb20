"""Grader for programming exercises. This package exports the functions that test modules use."""

from __future__ import annotations

# Not from typing: that import takes longer than everything else before Ctrl-C is handled.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from grader.runner.fixtures import submitted
    from grader.runner.matchers import close, exactly
    from grader.runner.scoring import points

__all__ = ["__version__", "close", "exactly", "points", "submitted"]
__version__ = "0.1.0"
# The exit code after Ctrl-C, as shells report it. It is needed before anything else is imported.
INTERRUPTED = 130

# Imported on first use: a worker imports this package too, and must not load pytest or Hypothesis.
_HOMES = {
    "close": "grader.runner.matchers",
    "exactly": "grader.runner.matchers",
    "points": "grader.runner.scoring",
    "submitted": "grader.runner.fixtures",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the package itself imports nothing

    return getattr(import_module(_HOMES[name]), name)
