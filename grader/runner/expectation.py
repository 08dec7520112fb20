"""A collected property, which always counts towards the score."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from grader.report_model import Property
from grader.runner import plain_values
from grader.runner.call_log import Case
from grader.runner.cases import case_codec
from grader.runner.claims import rests_on_a_claim
from grader.runner.scoring import is_hidden, points_of
from grader.runner.verdicts import Ruling


@dataclass(frozen=True)
class Expectation:
    """A property that hasn't run yet. On an additional device it only gives `evidence` and has no points."""

    exercise: str
    name: str
    says: str
    device: str
    points: float
    hidden: bool = False
    evidence: bool = False
    claimed: bool = False

    @classmethod
    def of(cls, item: pytest.Item, exercise: str, *, evidence: bool) -> Expectation:
        """Return the expectation for a collected property."""
        test = getattr(item, "obj", None)
        return cls(
            exercise,
            name_of(item),
            plain_values.first_line(getattr(test, "__doc__", None)),
            device_of(item),
            0.0 if evidence else points_of(item),
            hidden=is_hidden(item),
            evidence=evidence,
            claimed=test is not None and rests_on_a_claim(test),
        )

    def found(self, ruling: Ruling, case: Case | None = None) -> Property:
        """Return the property for the report. `case` is the latest case."""
        worth = self.points if ruling.keeps_points else 0.0
        # If the answer changes from call to call, the case isn't the cause.
        shown = case if ruling.counterexample is not None and ruling.may_be_known else None
        return Property(
            id=self.name,
            says=self.says,
            device=self.device,
            verdict=ruling.verdict,
            cause=ruling.cause,
            reason=ruling.reason,
            points=worth if ruling.verdict == "met" else 0.0,
            max_points=worth,
            duration=0.0,
            hidden=self.hidden,
            evidence=self.evidence,
            claimed=self.claimed,
            counterexample=ruling.counterexample,
            replay=self._token(shown) if shown else None,
        )

    def _token(self, case: Case) -> str | None:
        """Return the token for running a case again with `grade replay`."""
        text = case_codec.case_text(case.inputs)
        return text and f"{self.exercise}.{self.name}.{self.device}.{text}"


def name_of(item: pytest.Item) -> str:
    """Return the name of a property: its function's name without `test_`."""
    original = getattr(item, "originalname", None) or item.name
    return str(original).removeprefix("test_")


def device_of(item: pytest.Item) -> str:
    """Return the device that a property runs on."""
    spec = getattr(item, "callspec", None)
    return str(spec.params.get("device", "cpu")) if spec is not None else "cpu"
