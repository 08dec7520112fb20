"""Explains why a submission's function can't be called."""

from __future__ import annotations

from grader.errors import suggestion
from grader.runner.exceptions import Unavailable
from grader.sandbox.wire import Loaded, Raised
from grader.sandbox.worker_end import Died

NAMES_COMPARED = 200


def missing(name: str, defined: list[str]) -> Unavailable:
    """Return the exception for a missing function."""
    # Each comparison takes time, and a submission may define any number of names.
    remedy = suggestion(name, [one for one in defined[:NAMES_COMPARED] if one != name], "")
    message = f"Your file defines no function `{name}`" + (f"; {remedy}" if remedy else "")
    return Unavailable(message, raised=Raised("NameError", ["NameError"], message, None))


def undefined(name: str, cell: int, fault: Raised | Died) -> Unavailable:
    """Return the exception for a function in a broken cell of a notebook."""
    if isinstance(fault, Died):
        return Unavailable(f"`{name}` is not defined: cell {cell}: {fault.reason}", died=fault)
    where = f" on line {fault.line}" if fault.line else ""
    message = f"`{name}` is not defined: cell {cell} raised {fault.type}{where}: {fault.message}"
    return Unavailable(message, raised=fault)


def unloadable(loaded: Loaded | Raised | Died) -> Unavailable | None:
    """Return the exception for a file that doesn't load, or None if it loads."""
    if isinstance(loaded, Loaded):
        return None
    if isinstance(loaded, Died):
        return Unavailable(f"the file doesn't load: {loaded.reason}", died=loaded)
    reason = f"the file doesn't load: {loaded.type}{loaded.on_line}: {loaded.message}"
    return Unavailable(reason, raised=loaded)
