"""Chooses the case that shows a known mistake to a whole class, without anything personal."""

from __future__ import annotations

import math
from typing import Any

from msgspec import structs

from grader.report_model import Counterexample, Property
from grader.text_table import as_array

MAX_ENTRIES = 64


def anonymous(test: Property) -> Counterexample | None:
    """Return a failed test's case without the line in the learner's file, or None if it stays private.

    A hidden test's case stays private. So does a result with text, because the text is the learner's own.
    A case with a large array is left out too, to keep the summary small.
    """
    found = test.counterexample
    if found is None or test.hidden or _has_text(found.obtained):
        return None
    values = (*found.inputs.values(), found.obtained, found.expected, found.difference)
    if max(map(_largest, values)) > MAX_ENTRIES:
        return None
    return structs.replace(found, line=None, cell=None)


def rank(found: Counterexample) -> tuple[bool, int]:
    """Return a sort key: cases with two arrays to compare come first, then those with small inputs."""
    drawn = found.difference is not None and _has_array(found.obtained) and _has_array(found.expected)
    return not drawn, sum(map(_entries, found.inputs.values()))


def _parts(value: Any) -> list[Any]:
    """Return the parts of a tuple or of named values. An array has no parts."""
    if as_array(value) is not None:
        return []
    if isinstance(value, dict):
        return [*value.values()]
    return [*value] if isinstance(value, list | tuple) else []


def _entries(value: Any) -> int:
    array = as_array(value)
    if array is not None:
        return math.prod(array.shape)
    return sum(map(_entries, _parts(value))) if isinstance(value, list | tuple | dict) else 1


def _largest(value: Any) -> int:
    array = as_array(value)
    if array is not None:
        return math.prod(array.shape)
    parts = _parts(value)
    return max(len(parts), *map(_largest, parts)) if parts else 0


def _has_text(value: Any) -> bool:
    # The names in a dictionary are the learner's words too.
    if isinstance(value, dict) and as_array(value) is None:
        return True
    return isinstance(value, str) or any(map(_has_text, _parts(value)))


def _has_array(value: Any) -> bool:
    return as_array(value) is not None or any(map(_has_array, _parts(value)))
