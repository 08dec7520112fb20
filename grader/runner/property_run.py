"""A running property on one device: its calls, its latest case, and the expected replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from _pytest.outcomes import OutcomeException
from torch import Tensor

from grader import text_table
from grader.runner import plain_values
from grader.runner.call_log import CallLog, Case, Comparison
from grader.runner.cases import drawn_cases
from grader.runner.cases.recorded_calls import PropertyCases
from grader.runner.diagnosis import precision, worked_cell
from grader.runner.exceptions import Stopped
from grader.runner.matchers import Difference, Expected
from grader.runner.proxy import Answering, RemoteFunction
from grader.runner.workers import ExerciseRun, in_other_order

Test = Callable[..., Any]


def noted(test: Test, running: Callable[[], PropertyRun], *, leaves_dtypes: bool) -> Test:
    """Wrap a property's test so that it records each case in the `PropertyRun`."""
    # The next grading session in this process finds the test already wrapped.
    inner: Test = getattr(test, "__noted__", test)

    @wraps(inner)
    def noting(**arguments: Any) -> Any:
        return running().try_case(inner, arguments, leaves_dtypes=leaves_dtypes)

    noting.__noted__ = inner  # type: ignore[attr-defined]
    return noting


class PropertyRun:
    """The state of one property on one device. It can run again with other answers or other inputs."""

    def __init__(self, exercise_run: ExerciseRun, cases: PropertyCases, *, recalls: bool) -> None:
        """Send calls in advance if the reference's calls are to be recalled."""
        self.exercise_run = exercise_run
        self.call_log = CallLog()
        self._cases = cases
        self._recorded = cases.recorded(exercise_run.device) if recalls else []
        self._latest: tuple[Test, dict[str, Any]] | None = None
        # The expected values while another client answers, or None while the submission answers.
        self._expected: list[object] | None = None
        exercise_run.client.plan([one.call.frame for case in self._recorded for one in case.exchanges])
        if self._recorded:
            exercise_run.replica.plan([one.call.frame for one in in_other_order(self._recorded)])
        exercise_run.call_logs.append(self.call_log)

    def try_case(self, test: Test, arguments: dict[str, Any], *, leaves_dtypes: bool) -> Any:
        """Run the property on one case.

        With `leaves_dtypes`, a wrong dtype doesn't fail this property, because another one tests dtypes.
        """
        drawn = {name: value for name, value in arguments.items() if not isinstance(value, RemoteFunction)}
        drawn.pop("device", None)
        self.call_log.open_case(drawn)
        self._latest = test, arguments
        try:
            return test(**arguments)
        except Exception:
            if leaves_dtypes and precision.is_narrower(self.call_log.last, self.exercise_run.client.ask):
                return None
            raise

    def settles(self, place: int) -> bool:
        """Return whether a drawn case's replies equal the reference's byte for byte. Then the case passes."""
        if place >= len(self._recorded):
            return False
        case = self._recorded[place]
        if not self.exercise_run.client.matches([one.reply for one in case.exchanges]):
            return False
        self.call_log.cases.append(Case(case.inputs, list(case.exchanges)))
        self.exercise_run.replica.keep_up_with(self.exercise_run.client)
        return True

    def record(self) -> None:
        """Keep the calls and replies of the reference, which has passed."""
        self._cases.record(self.exercise_run.device, self.call_log)

    @property
    def has_asked(self) -> bool:
        """Whether the latest case has called the submission."""
        return bool(self.call_log.last.exchanges)

    @property
    def has_drawn(self) -> bool:
        """Whether a case was tried, as required for running the property with other answers."""
        return self._latest is not None

    def compare(self, left: object, right: object) -> list[str] | None:
        """Store both sides of a failed comparison, and return them as a table."""
        expected, obtained = (left, right) if isinstance(left, Expected) else (right, left)
        if self._expected is not None:
            self._expected.append(expected)
            return None
        if isinstance(expected, Expected):
            difference = expected.difference(obtained)
        else:
            difference = Difference(
                f"{plain_values.brief(obtained)} instead of {plain_values.brief(expected)}"
            )
        if difference is None:
            return None
        self.call_log.last.comparison = Comparison(obtained, expected, difference)
        sides = plain_values.plain(obtained), plain_values.plain(expected)
        return [difference.reason, *text_table.side_by_side(*sides, plain_values.plain(difference.cells))]

    def passes_with(
        self, client: Answering, *, inputs: Mapping[str, Any] | None = None, call_log: CallLog | None = None
    ) -> bool:
        """Run the latest case with another client's answers, and perhaps other inputs.

        The result is not a verdict on the submission.
        """
        return self._expectations(client, inputs or {}, call_log or CallLog())[1]

    def law(self, case: Case) -> worked_cell.Law:
        """Return a function that gives the value the property expects for other inputs."""

        def expected(inputs: Mapping[str, Any]) -> Tensor | None:
            compared, _ = self._expectations(worked_cell.Recorded(case), inputs, CallLog())
            last = compared[-1] if compared else None
            return last.value if isinstance(last, Expected) and isinstance(last.value, Tensor) else None

        return expected

    def ask_drawn_cases(self, most: int) -> CallLog:
        """Run the first drawn cases on the submission, unchanged, and return the calls."""
        asked = CallLog()
        for case in drawn_cases.cases_of(self._cases.key, most):
            self.passes_with(self.exercise_run.client, inputs=case, call_log=asked)
        return asked

    def _expectations(
        self, client: Answering, inputs: Mapping[str, Any], call_log: CallLog
    ) -> tuple[list[object], bool]:
        """Return the expected values of the property, and whether it passed."""
        assert self._latest is not None
        test, arguments = self._latest
        compared: list[object] = []
        self._expected = compared
        try:
            test(
                **{
                    name: value.answered_by(client, call_log) if isinstance(value, RemoteFunction) else value
                    for name, value in {**arguments, **inputs}.items()
                }
            )
        except (Exception, OutcomeException, Stopped):  # noqa: BLE001 - any other outcome is a failure
            return compared, False
        finally:
            self._expected = None
        return compared, True
