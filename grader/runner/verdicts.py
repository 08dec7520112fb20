"""Turns the outcome of a property's test into its verdict, cause, reason and counterexample."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch
from _pytest.outcomes import Skipped
from hypothesis.errors import Flaky, HypothesisException

from grader.errors import GraderError
from grader.report_model import KINDS, Cause, Counterexample, Property, Verdict
from grader.runner import assertion_text, plain_values
from grader.runner.call_log import Case, Exchange
from grader.runner.diagnosis import precision
from grader.runner.exceptions import Inconsistent, Stopped, SubmissionError, Unavailable, WrongReturn
from grader.runner.root_causes import UNAVAILABLE, RootCause
from grader.runner.workers import ExerciseRun
from grader.sandbox.wire import Raised, Returned
from grader.sandbox.worker_end import Died
from grader.sanitize import clean
from grader.source_text import Place

# torch's message where Python would raise MemoryError.
NO_MEMORY = "can't allocate memory"
TIMED_OUT = Died("timeout", "calls ran out of time")


class PropertyBroken(Exception):
    """The property's own code failed. The course is at fault, and nothing was graded."""

    def as_error(self, name: str, path: Path) -> GraderError:
        """Return the error for the course's author."""
        return GraderError(
            "property-broken",
            found=f"the test `{name}` itself failed: {self}",
            where=str(path),
            expected="a test that passes or fails",
            remedy=f"run `pytest {path} -k {name}` against the reference, and fix the test",
        )


@dataclass(frozen=True)
class Ruling:
    """The verdict with its cause and reason, and whether the submission is the cause."""

    verdict: Verdict
    cause: Cause | None = None
    reason: str | None = None
    counterexample: Counterexample | None = None
    keeps_points: bool = True
    # Known mistakes answer consistently, so none explains inconsistent answers.
    may_be_known: bool = True


def rule(name: str, error: BaseException | None, exercise_run: ExerciseRun | None) -> Ruling:
    """Return the ruling on a property, given the exception that ended its test."""
    if error is None or isinstance(error, Skipped):
        return Ruling("not judged", reason=clean(str(error)), keeps_points=False) if error else Ruling("met")
    if isinstance(error, Unavailable):
        return _unavailable(name, error, exercise_run)
    if exercise_run is None or not exercise_run.call_logs or isinstance(error, GraderError):
        raise PropertyBroken(_broken(error))
    case = exercise_run.call_logs[-1].last
    if isinstance(error, Stopped):
        return _stopped(name, error.died, case, exercise_run)
    if isinstance(error, SubmissionError):
        return _raised(name, error.raised, case, exercise_run)
    if isinstance(error, MemoryError) or NO_MEMORY in str(error):
        return Ruling(
            "not met", "memory", "Your result is too large: there is not enough memory to check it."
        )
    return _wrong(error, case, exercise_run)


def _stopped(name: str, died: Died, case: Case, exercise_run: ExerciseRun) -> Ruling:
    reason = clean(died.reason)
    if died.cause == "timeout":
        exercise_run.stops += 1
        exercise_run.causes.first(UNAVAILABLE, name)
    first = exercise_run.causes.first(RootCause.of_end(died), name)
    if first != name:
        return Ruling("not judged", reason=f"Not tested yet. First fix what stops `{first}`: {reason}")
    return Ruling("not met", died.cause, reason, _counterexample(case, exercise_run, None))


def in_words(found: Property) -> str:
    """Return the text for the learner in pytest's own report."""
    lines = [f"{found.id}: {found.says}", f"{found.verdict}: {found.reason or ''}"]
    if found.counterexample:
        lines.append(f"call: {found.counterexample.call}")
    if found.misconception:
        known = found.misconception
        lines.append(f"{KINDS[known.kind].lower()}: {known.name}. {known.message}")
    return "\n".join(lines)


def is_told(name: str, error: BaseException, exercise_run: ExerciseRun) -> bool:
    """Return whether another property has failed with the same error. If so, this one isn't judged."""
    raised = getattr(error, "raised", None)
    return isinstance(raised, Raised) and exercise_run.causes.is_known(RootCause.of_exception(raised), name)


def tried(exercise_run: ExerciseRun) -> Counterexample | None:
    """Return the latest case with its answer, to show it even if the property is met."""
    return (
        _counterexample(exercise_run.call_logs[-1].last, exercise_run, None)
        if exercise_run.call_logs
        else None
    )


def _unavailable(name: str, error: Unavailable, exercise_run: ExerciseRun | None) -> Ruling:
    reason = clean(error.reason)
    if not error.by_submission or exercise_run is None:
        return Ruling("not judged", reason=reason, keeps_points=error.costs_points)
    first = exercise_run.causes.first(UNAVAILABLE, name)
    if first != name:
        return Ruling("not judged", reason=f"Not tested yet. First fix what stops `{first}`: {reason}")
    return Ruling("not met", error.died.cause if error.died else "error", reason)


def _raised(name: str, raised: Raised, case: Case, exercise_run: ExerciseRun) -> Ruling:
    message = clean(raised.message)
    what = f"raised {clean(raised.type)}" + (f": {message}" if message else "")
    if "NotImplementedError" in raised.bases:
        what = "not implemented yet" + (f": {message}" if message else "")
    if raised.place:
        what += f" ({raised.place})"
    first = exercise_run.causes.first(RootCause.of_exception(raised), name)
    if first != name and "NotImplementedError" in raised.bases:
        return Ruling("not judged", reason=what)
    if first != name:
        reason = f"Not tested yet. First fix the {clean(raised.type)}{raised.on_line}."
        return Ruling("not judged", reason=reason)
    memory = "MemoryError" in raised.bases or NO_MEMORY in raised.message
    return Ruling("not met", "memory" if memory else "error", what, _counterexample(case, exercise_run, None))


def _wrong(error: BaseException, case: Case, exercise_run: ExerciseRun) -> Ruling:
    if isinstance(error, WrongReturn):
        return Ruling("not met", "wrong", clean(str(error)), _counterexample(case, exercise_run, None))
    if isinstance(error, Inconsistent | Flaky):
        reason = (
            "Your function gave two different answers to the same call. It must depend on its arguments only."
        )
        return Ruling(
            "not met", "wrong", reason, _counterexample(case, exercise_run, None), may_be_known=False
        )
    if isinstance(error, HypothesisException) or not case.exchanges:
        raise PropertyBroken(_broken(error))
    if isinstance(error, pytest.fail.Exception):
        reason = _first_line(error).replace("DID NOT RAISE", "Your function did not raise")
        return Ruling("not met", "wrong", reason, _counterexample(case, exercise_run, reason))
    if isinstance(error, AssertionError):
        reason = (
            case.comparison.difference.reason
            if case.comparison
            else assertion_text.in_words(_first_line(error))
        )
        reason = precision.lost(case) or reason
        if names := _without_gradient(case, exercise_run):
            reason = (
                f"No gradient flows from your result back to {' and '.join(names)}. "
                "Compute it with torch only, without `no_grad`, `.detach()` or `.item()`."
            )
        return Ruling("not met", "wrong", reason, _counterexample(case, exercise_run, None))
    # The law can't be computed with the result: for example, a product of matrices that don't fit.
    reason = (
        _other_dtype(case)
        or f"Check the shape of your result. The test can't compute with it: {_first_line(error)}"
    )
    return Ruling("not met", "wrong", reason, _counterexample(case, exercise_run, None))


def _without_gradient(case: Case, exercise_run: ExerciseRun) -> list[str]:
    """Return the tensors that should have a gradient after the latest call but have none."""
    last = case.exchanges[-1]
    if last.call.mode != "vjp" or not isinstance(last.answer, Returned):
        return []
    value = last.answer.value
    parameters = exercise_run.exercise.functions[last.call.function].parameters
    arguments = [*zip(parameters, last.call.args, strict=False), *last.call.kwargs.items()]
    tensors = [name for name, given in arguments if isinstance(given, torch.Tensor)]
    parts = value if isinstance(value, tuple) else (value,)
    return [f"`{name}`" for name, part in zip(tensors, parts, strict=False) if part is None]


def _other_dtype(case: Case) -> str | None:
    """Return the reason if the last result's dtype differs from the input tensor's, else None."""
    last = case.exchanges[-1]
    value = last.answer.value if isinstance(last.answer, Returned) else None
    inputs = [one for one in (*last.call.args, *last.call.kwargs.values()) if isinstance(one, torch.Tensor)]
    if not inputs or not isinstance(value, torch.Tensor) or value.dtype == inputs[0].dtype:
        return None
    dtypes = f"{plain_values.plain(value).dtype} for a {plain_values.plain(inputs[0]).dtype} input"
    return f"Your function returned {dtypes}. Keep the dtype of the input."


def _counterexample(case: Case, exercise_run: ExerciseRun, expected: str | None) -> Counterexample | None:
    functions = exercise_run.exercise.functions
    if not case.exchanges:
        return None
    calls = [plain_values.written(one.call, functions[one.call.function]) for one in case.exchanges[-3:]]
    last = case.exchanges[-1]
    obtained: Any = last.answer.value if isinstance(last.answer, Returned) else None
    difference: Any = None
    wanted: Any = expected
    if case.comparison is not None:
        obtained, wanted = case.comparison.obtained, case.comparison.expected
        cells = case.comparison.difference.cells
        difference = case.comparison.difference.reason if cells is None else cells
    place = last.answer if isinstance(last.answer, Raised) else _place(last, exercise_run)
    return Counterexample(
        call="; ".join(dict.fromkeys(calls)),
        inputs={name: plain_values.plain(value) for name, value in case.inputs.items()},
        obtained=plain_values.plain(obtained),
        expected=plain_values.plain(wanted),
        difference=plain_values.plain(difference),
        line=place.line if place else None,
        cell=place.cell if place else None,
    )


def _place(last: Exchange, exercise_run: ExerciseRun) -> Place | None:
    """Return the place of the called function, or of its first `while` if the call took too long."""
    name = last.call.function
    is_late = isinstance(last.answer, Died) and last.answer.cause == "timeout"
    loop = exercise_run.while_loops.get(name) if is_late else None
    return loop or exercise_run.places.get(name)


def _broken(error: BaseException) -> str:
    """Describe the failure of a property's own code."""
    if isinstance(error, pytest.FixtureLookupError):
        return f"it uses `{error.argname}`, but no `submitted(...)` in its file defines that"
    return f"{type(error).__name__}: {error}"


def _first_line(error: BaseException) -> str:
    return clean(str(error).partition("\n")[0]) or type(error).__name__
