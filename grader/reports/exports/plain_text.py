"""The text about one test for a learner, in plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from grader import text_table
from grader.report_model import KINDS, Counterexample, Property, SourceError
from grader.reports import sum_text
from grader.reports.exports import texts
from grader.reports.wording import word
from grader.sanitize import clean

WIDTH = 78


def told(law: Property, *, secret: Iterable[str] = ()) -> str:
    """Return why a test failed or did not run, and on which case, or "" if it is correct.

    `secret` contains the names of hidden tests, which must not appear in the text.
    """
    if law.verdict == "met":
        return ""
    reason = why(law, secret)
    if law.verdict == "not judged":
        # Some reasons begin with the words themselves.
        words = word(law.verdict)
        return texts.visible(reason if reason.lower().startswith(words) else f"{words}: {reason}")
    found = law.counterexample
    lines = [reason] if found is None else [*_case(found), reason]
    if law.misconception is not None:
        known = law.misconception
        lines.append(f"{KINDS[known.kind]}: {clean(known.name)}. {clean(known.message)}")
    if law.replay is not None:
        lines.append(f"To run this case again: grade replay {law.replay} --submission FOLDER")
    return texts.visible("\n".join(line for line in lines if line))


def why(law: Property, secret: Iterable[str] = ()) -> str:
    """Return the reason for a verdict without secret names."""
    reason = clean(law.reason or "")
    for name in secret:
        reason = reason.replace(f"`{name}`", "a hidden test")
    return reason


def fault(error: SourceError) -> str:
    """Return the error that prevents a file from loading, and its line."""
    place = "" if error.line is None else f" (line {error.line})"
    cell = "" if error.cell is None else f"cell {error.cell}: "
    source = "" if error.source is None else f"\n{clean(error.source.strip())}"
    return texts.visible(f"{cell}{clean(error.type)}: {clean(error.message)}{place}{source}")


def sides(found: Counterexample) -> tuple[str, str] | None:
    """Return the result and the expected result, or None if they can't be compared."""
    if found.difference is None:
        return None
    obtained, expected = (
        "\n".join(text_table.lines_of(value, width=WIDTH)) for value in (found.obtained, found.expected)
    )
    return texts.visible(obtained), texts.visible(expected)


def _case(found: Counterexample) -> Iterator[str]:
    yield clean(found.call)
    for name, value in found.inputs.items():
        array = text_table.as_array(value)
        if array is not None and f"{name}=" not in found.call:
            yield from _input(
                clean(name), text_table.lines_of(array, width=WIDTH), flat=len(array.shape) == 1
            )
    if found.difference is not None:
        yield from text_table.side_by_side(found.obtained, found.expected, found.difference, width=WIDTH)
    elif found.obtained is not None:
        yield from ("you returned:", *text_table.lines_of(found.obtained, width=WIDTH))
    if found.window is not None:
        yield from sum_text.lines(found.window, WIDTH)


def _input(name: str, lines: Sequence[str], *, flat: bool) -> Iterator[str]:
    if flat:
        yield f"{name} = [{', '.join(lines[0].split())}]"
        return
    pad = " " * (len(name) + 3)
    yield f"{name} = {lines[0]}"
    yield from (pad + line for line in lines[1:])
