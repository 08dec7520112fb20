"""Explains failures caused by library versions rather than by the mathematics.

Lecture notes become outdated when NumPy, torch and Python remove names. Using such a name isn't a
mistake in the exercise. The explanation gives the current name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import suggestion
from grader.report_model import Misconception
from grader.runner.diagnosis.removed_names import REMOVED, Removed
from grader.sandbox.wire import Raised
from grader.sanitize import clean

# Every copy of the course has these. Other packages may be missing on the next machine.
AVAILABLE = ("torch", "numpy")
OWNERS = {"Tensor": "torch.Tensor", "Parameter": "torch.Tensor"}
ATTRIBUTE = re.compile(
    r"module '([\w.]+)' has no attribute '(\w+)'|'([\w.]+)' object has no attribute '(\w+)'"
)
NUMPYS_OWN = re.compile(r"`np\.(\w+)` was removed in the NumPy (\d+)\.0 release\. (.+)", re.DOTALL)
IMPORTED = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
UNDEFINED = re.compile(r"name '(\w+)' is not defined")
NO_MODULE = re.compile(r"No module named '(\w+)")
TORCHS_OWN = re.compile(
    r"\bis now removed\b.*?\btorch\.(?:linalg\.)?(solve|symeig|eig|lstsq|matrix_rank)\b", re.DOTALL
)


@dataclass(frozen=True)
class Changed:
    """A name with a changed meaning: its typical exception, and a pattern for the learner's line."""

    type: str
    message: str
    name: str
    instead: str
    line: re.Pattern[str] = re.compile("")


CHANGED = (
    Changed(
        "TypeError",
        "'module' object is not callable",
        "`torch.fft` is a module since torch 1.8, not a function",
        "torch.fft.fft(x)",
        re.compile(r"\btorch\.fft\("),
    ),
    Changed(
        "SyntaxError",
        "Missing parentheses in call to 'print'",
        "the `print` statement was removed in Python 3",
        "print(...)",
    ),
    Changed(
        "ValueError",
        "Unable to avoid copy while creating an array as requested",
        "`copy=False` forbids a copy since NumPy 2, even if one is needed",
        "np.asarray(x)",
    ),
)


def recognise(raised: Raised, line: str = "") -> Misconception | None:
    """Explain an exception that library versions caused, or None for any other.

    `line` is the learner's line that raised, if known.
    """
    for name in _names(raised):
        if name in REMOVED:
            return _removed(REMOVED[name])
    if _is(raised, "AttributeError") and (found := NUMPYS_OWN.match(raised.message)):
        name = f"`np.{found[1]}` was removed in NumPy {found[2]}"
        return _environment("removed-name", name, clean(found[3].strip()))
    if _is(raised, "ModuleNotFoundError") and (found := NO_MODULE.match(raised.message)):
        return _absent(found[1])
    for one in CHANGED:
        if _is(raised, one.type) and one.message in raised.message and one.line.search(line):
            return _environment("changed-name", one.name, f"Write `{one.instead}`.")
    return None


def _is(raised: Raised, kind: str) -> bool:
    return kind in raised.bases


def _names(raised: Raised) -> Iterator[str]:
    """Yield the missing names of an exception, in the format of the table."""
    message = raised.message
    if _is(raised, "AttributeError") and (found := ATTRIBUTE.match(message)):
        owner, name = (found[1], found[2]) if found[1] else (OWNERS.get(found[3], found[3]), found[4])
        yield f"{owner}.{name}"
    if _is(raised, "AttributeError") and (found := NUMPYS_OWN.match(message)):
        yield f"numpy.{found[1]}"
    if _is(raised, "ImportError") and (found := IMPORTED.match(message)):
        yield f"{found[2]}.{found[1]}"
    if _is(raised, "ModuleNotFoundError") and (found := NO_MODULE.match(message)):
        yield f"import.{found[1]}"
    if _is(raised, "NameError") and (found := UNDEFINED.match(message)):
        yield f"builtins.{found[1]}"
    if _is(raised, "RuntimeError") and (found := TORCHS_OWN.search(message)):
        yield f"torch.{found[1]}"


def _removed(one: Removed) -> Misconception:
    version = one.since.removesuffix(".0")
    name = f"`{one.written}` was removed in {one.library} {version}"
    return _environment("removed-name", name, f"Write `{one.instead}`.")


def _absent(module: str) -> Misconception | None:
    """Explain a module that can't be imported.

    Return None if the module exists, because then only a part of the imported name is misspelt.
    """
    if module in AVAILABLE or module in sys.stdlib_module_names:
        return None
    otherwise = "Your file can use only torch, NumPy and Python's standard library."
    near = suggestion(module, AVAILABLE, "")
    message = f"{near[0].upper()}{near[1:]} {otherwise}" if near else otherwise
    return _environment("no-such-module", f"there is no module `{clean(module)}` here", message)


def _environment(slug: str, name: str, message: str) -> Misconception:
    return Misconception(slug=slug, name=name, message=message, kind="environment")
