"""Finds the line that changes an input, or gives a tensor a different device or dtype from its input.

The worker reports the lines on which this happened. This is only a claim, which is shown if the
learner's text confirms it. It never changes a verdict.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Callable, Iterator

from msgspec import structs

from grader import source_text
from grader.report_model import Misconception, Property
from grader.runner.call import Call
from grader.runner.call_log import Exchange
from grader.runner.diagnosis.device_lint.suggestions import casting, is_numpys, misplacing
from grader.runner.diagnosis.device_lint.tensor_calls import Culprit, Functions
from grader.runner.root_causes import RootCause
from grader.runner.workers import ExerciseRun
from grader.sandbox.wire import Raised, Refused, Returned
from grader.sanitize import clean
from grader.submission import syntax

# Torch's messages about devices: https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/TensorIterator.cpp
RAISED = re.compile(
    r"on the same device|indices should be either on|device type tensor to numpy|device type for generator"
    r"|not compiled with CUDA|no CUDA|NVIDIA driver|CUDA unknown error|CUDA driver"
    r"|not linked with support for mps",
    re.IGNORECASE,
)
REFUSED = re.compile(r"a tensor on `\w+`, while|torch's default device")
OTHER_DTYPE = re.compile(r"dtype \w+ instead of|Your function returned \w+ for |b?float\d+ inside")
SLUG = "device"
MAX_CLAIMS = 20
Reader = Callable[[str, Functions], Iterator[Culprit]]


def recognise(
    exercise_run: ExerciseRun, exchange: Exchange | None, raised: Raised | None
) -> Misconception | None:
    """Explain a call that failed because of devices, or None if it failed for another reason."""
    answer = exchange.answer if exchange else raised
    if isinstance(answer, Raised):
        told = RAISED.search(answer.message) is not None
    else:
        told = isinstance(answer, Refused) and REFUSED.search(answer.found) is not None
    if not told:
        return None
    found = list(_read(exercise_run, misplacing))
    if isinstance(answer, Refused) and "default device" in answer.found:
        found = [one for one in found if one.name.startswith("set_default")] or found
    lines = _claimed(exercise_run, exchange.call, "device", "refused") if exchange else []
    if isinstance(answer, Raised):
        lines += _failed(exercise_run, answer)
    chosen = _on(found, lines) or next((one for one in found if not is_numpys(one)), None)
    chosen = chosen or (found[0] if found else _unexplained(lines))
    line = f"-{chosen.line}" if chosen.line else ""
    message = _sentence(exercise_run, chosen)
    return Misconception(slug=f"{SLUG}{line}", name="not on the input's device", message=message)


def located(
    exercise_run: ExerciseRun, exchange: Exchange, reason: str, known: Misconception | None
) -> Misconception | None:
    """Add the line to the explanation of a hard-coded dtype or a changed input."""
    if exchange.call.mode == "inputs_after" and isinstance(exchange.answer, Returned):
        slug, name, chosen = (
            "input-written",
            "an input is changed",
            _writing(exercise_run, exchange.call),
        )
    elif OTHER_DTYPE.match(reason):
        lines, found = _claimed(exercise_run, exchange.call, "dtype"), list(_read(exercise_run, casting))
        slug, name, chosen = "dtype-fixed", "not the input's dtype", _on(found, lines)
        if chosen is None and " inside" in reason:
            # The result is cast back at the end, so its dtype is correct and the worker reports no line.
            slug, name, chosen = "precision", "computed with less precision", next(iter(found), None)
    else:
        return known
    if chosen is None:
        return known
    sentence = _sentence(exercise_run, chosen)
    if known is None:
        return Misconception(slug=slug, name=name, message=sentence)
    return structs.replace(known, message=f"{known.message} {sentence}") if known.kind == "mistake" else known


def once(found: Property, exercise_run: ExerciseRun) -> Property:
    """Mark a property as not judged if the same line already made an earlier one fail.

    Each cause is shown only once.
    """
    known = found.misconception
    if known is None or not known.slug.startswith(SLUG):
        return found
    first = exercise_run.causes.first(RootCause("device", known.slug), found.id)
    if first == found.id:
        return found
    reason = f"Not tested yet. First fix what stops `{first}`: {known.name}"
    return structs.replace(
        found,
        verdict="not judged",
        cause=None,
        reason=reason,
        counterexample=None,
        misconception=None,
        replay=None,
    )


def _read(exercise_run: ExerciseRun, reader: Reader) -> Iterator[Culprit]:
    """Yield the findings of `reader` in each cell, with line numbers in the whole text."""
    source, asked = exercise_run.source, exercise_run.exercise.functions
    for start, text in zip(source.starts or source_text.TOP, source.cells, strict=True):
        if syntax.parse(text) is None:
            continue
        # The tree may be too deep to walk.
        with contextlib.suppress(RecursionError):
            for one in reader(text, asked):
                yield dataclasses.replace(one, line=one.line + start - 1)


def _claimed(exercise_run: ExerciseRun, call: Call, *wanted: str) -> list[int]:
    """Return the lines where the worker claims a change of device or dtype, the most likely first."""
    answer = exercise_run.client.ask(dataclasses.replace(call, mode="origins", cotangent=None))
    claims = answer.value if isinstance(answer, Returned) and isinstance(answer.value, list) else []
    last = exercise_run.source.text.count("\n") + 1
    lines = []
    for claim in claims[:MAX_CLAIMS]:
        match claim:
            case [str(what), int(line), str()] if what in wanted and 0 < line <= last:
                lines.append(line)
    return lines


def _failed(exercise_run: ExerciseRun, raised: Raised) -> list[int]:
    """Return the line that raised, as a line number in the whole text."""
    if raised.line is None:
        return []
    start = exercise_run.source.starts[raised.cell - 1] if raised.cell else 1
    return [raised.line + start - 1]


def _on(found: Iterator[Culprit] | list[Culprit], lines: list[int]) -> Culprit | None:
    """Return the finding on the first of these lines that has one."""
    by_line: dict[int, Culprit] = {}
    for one in found:
        by_line.setdefault(one.line, one)
    return next((by_line[line] for line in lines if line in by_line), None)


def _writing(exercise_run: ExerciseRun, call: Call) -> Culprit | None:
    lines = _claimed(exercise_run, call, "written")
    if not lines:
        return None
    text = exercise_run.source.text.split("\n")[lines[0] - 1].strip()
    return Culprit("", lines[0], f"`{text}` changes an input; change a `.clone()` of it instead")


def _unexplained(lines: list[int]) -> Culprit:
    says = "a tensor is not on the input's device; make each tensor with the `device=` of an input"
    return Culprit("", lines[0] if lines else 0, says)


def _sentence(exercise_run: ExerciseRun, culprit: Culprit) -> str:
    place = exercise_run.source.place(culprit.line)
    where = f"Line {place.line}" if place.cell is None else f"Cell {place.cell}, line {place.line}"
    says = clean(culprit.says)
    return f"{where}: {says}." if culprit.line else f"{says[0].upper()}{says[1:]}."
