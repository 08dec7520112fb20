"""Explains why a property fails: library versions, the device, a constant answer, or a known mistake."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from grader.report_model import Misconception, Property
from grader.runner.call import Call
from grader.runner.call_log import Exchange
from grader.runner.claims import ON_THE_WAY
from grader.runner.diagnosis import library_versions, sandbox_rules, worked_cell
from grader.runner.diagnosis.constant_answers import constant
from grader.runner.diagnosis.device_lint import device_mistakes
from grader.runner.exceptions import Unavailable
from grader.runner.property_run import PropertyRun
from grader.runner.proxy import Answering
from grader.runner.verdicts import Ruling
from grader.runner.workers import ExerciseRun, Workers
from grader.sandbox.wire import Returned
from grader.source_text import Place

VALUES = "values"
# The number of drawn cases that show a constant answer.
MANY = 12
# If fewer cases were tried, a known mistake must also fit further ones.
FEW = 10
MISSED = re.compile(r"(?:name|No module named) '(\w+)")


def recognised(error: BaseException | None, exercise_run: ExerciseRun) -> Misconception | None:
    """Return an explanation that makes a search for known mistakes unnecessary, or None."""
    raised = getattr(error, "raised", None)
    case = (
        exercise_run.call_logs[-1].last
        if exercise_run.call_logs and not isinstance(error, Unavailable)
        else None
    )
    exchange = case.exchanges[-1] if case and case.exchanges else None
    return _environment(error, exercise_run) or device_mistakes.recognise(exercise_run, exchange, raised)


def explained(
    run: PropertyRun, found: Property, ruling: Ruling, workers: Workers, *, faultless: bool
) -> Property:
    """Explain a failure by the sum behind the first wrong cell and the name of the known mistake.

    A submission is `faultless` if all properties before this one are met.
    """
    case = run.call_log.last
    assert found.counterexample is not None
    worked = worked_cell.window(case, run.law(case)) if case.inputs else None
    known = found.misconception
    if known is None and ruling.may_be_known and ruling.cause in {"wrong", "error"}:
        known = _known_mistake(run, workers, faultless=faultless)
    if case.exchanges and ruling.cause == "wrong":
        known = device_mistakes.located(run.exercise_run, case.exchanges[-1], ruling.reason or "", known)
    counterexample = msgspec.structs.replace(found.counterexample, window=worked)
    return msgspec.structs.replace(found, counterexample=counterexample, misconception=known)


def constant_answer(run: PropertyRun, found: Property) -> str | None:
    """Return the constant answer if the values are wrong and never change, else None.

    It uses the cases as drawn, because even a correct answer can be constant on the smallest cases.
    """
    if (found.id, found.verdict, found.cause) != (VALUES, "not met", "wrong") or not run.has_drawn:
        return None
    return constant(run.ask_drawn_cases(MANY).exchanges())


def _known_mistake(run: PropertyRun, workers: Workers, *, faultless: bool) -> Misconception | None:
    """Return the known mistake that explains why the property fails."""
    exercise_run = run.exercise_run

    def further() -> list[Exchange]:
        # Unchecked arguments lead to many outcomes. The one that is shown is enough.
        is_compared = run.call_log.last.comparison is not None
        if run.has_drawn and is_compared and len(run.call_log.cases) <= FEW:
            return list(run.ask_drawn_cases(FEW).exchanges())
        return []

    def fails(known: Answering) -> bool:
        if run.has_drawn and run.passes_with(known):
            return False
        last = run.call_log.last.exchanges[-1].call
        return last.mode not in ON_THE_WAY or _uses_fourier(last, known) == _uses_fourier(
            last, exercise_run.client
        )

    return workers.misconception(exercise_run, further=further, fails=fails, faultless=faultless)


def _environment(error: BaseException | None, exercise_run: ExerciseRun) -> Misconception | None:
    """Explain a failure by library versions or by the grader's rules. Return None for any other failure."""
    raised = getattr(error, "raised", None)
    if raised is None:
        return None
    if exercise_run.source.starts and (missed := MISSED.search(raised.message)):
        # The cell that imports the name holds the cause.
        fault = exercise_run.broken_import(missed[1])
        if (known := sandbox_rules.left_out(fault or raised, exercise_run.source.text)) is not None:
            return known
        raised = fault or raised
    line = None if raised.line is None else exercise_run.source.line_at(Place(raised.cell, raised.line))
    return library_versions.recognise(raised, line or "") or sandbox_rules.recognise(raised, line or "")


def _uses_fourier(call: Call, client: Answering) -> bool:
    """Return whether a call used a Fourier transform of torch, NumPy or SciPy."""
    answer = client.ask(replace(call, mode="operators"))
    return isinstance(answer, Returned) and any("fft" in str(name) for name in answer.value or ())
