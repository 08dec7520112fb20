"""A grader for exercises whose answers are functions: what a property test says."""

from __future__ import annotations

# As typing.TYPE_CHECKING, which takes longer to import than all else that happens before Ctrl-C is heard.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from grader.runner.matchers import close, exactly
    from grader.runner.proxy import submitted
    from grader.runner.scoring import points

__all__ = ["__version__", "close", "exactly", "points", "submitted"]
__version__ = "0.1.0"
# The exit code of what Ctrl-C has stopped, as a shell tells it; needed before anything else is imported.
INTERRUPTED = 130

# Loaded when asked for: a worker imports this package too, and must not meet pytest or Hypothesis.
_HOMES = {
    "close": "grader.runner.matchers",
    "exactly": "grader.runner.matchers",
    "points": "grader.runner.scoring",
    "submitted": "grader.runner.proxy",
}


def __getattr__(name: str) -> Any:
    """Import one of the public names at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the package itself imports nothing

    return getattr(import_module(_HOMES[name]), name)
