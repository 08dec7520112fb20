"""Finds a submission's known mistake: one that gives the same answer to every recorded call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from torch import Tensor

from grader.exercises import Wrong
from grader.report_model import Misconception
from grader.runner.answer_equality import same
from grader.runner.call_log import CallLog, Exchange
from grader.runner.proxy import Answering
from grader.sandbox.wire import Returned
from grader.sandbox.worker_end import Died

ENDS = 24
OF_EACH = 2
LARGE = 1 << 14
MOST_NAMED = 2


@dataclass(frozen=True)
class Evidence:
    """The calls and answers that a known mistake must agree with."""

    latest: CallLog
    earlier: Sequence[CallLog]
    # The submission's answers to more cases of the latest property, because one case fits many mistakes.
    further: Callable[[], list[Exchange]]
    # Whether a known mistake fails the latest case too. If not, it doesn't explain the failure.
    fails: Callable[[Answering], bool]
    # Whether all earlier properties were met. Then the known mistake must meet them too.
    faultless: bool


def name_misconception(
    evidence: Evidence,
    known: Iterable[Wrong],
    client: Callable[[Wrong], Answering],
    *,
    named: str | None = None,
) -> Misconception | None:
    """Return the misconception that agrees with the submission on every call of a property, or None.

    If there are several, prefer the one that was `named` for an earlier property. Otherwise prefer the one
    that agrees with the most calls of earlier properties. If several are still tied, the message
    contains all of them.
    """
    exchanges = _sample(list(evidence.latest.exchanges()))
    if not exchanges or not all(_comparable(one) for one in exchanges):
        return None
    facts = _Facts(evidence, exchanges, client)
    if not facts.are_of_an_answer:
        return None
    known = list(known)
    # The one that explained an earlier property isn't compared with the others.
    for wrong in known:
        if wrong.slug == named and facts.agree(wrong) and facts.bear_out(wrong):
            return _recorded([wrong])
    agreeing = [wrong for wrong in known if wrong.slug != named and facts.agree(wrong)]
    agreeing = [wrong for wrong in agreeing if facts.bear_out(wrong)]
    if not agreeing:
        return None
    if len(agreeing) > 1:
        counts = [_agreement(facts.before, client(wrong), give_up=False) for wrong in agreeing]
        agreeing = [wrong for wrong, count in zip(agreeing, counts, strict=True) if count == max(counts)]
    return _recorded(agreeing)


class _Facts:
    """The calls that a known mistake must answer, and the answers it must give."""

    def __init__(
        self, evidence: Evidence, exchanges: list[Exchange], client: Callable[[Wrong], Answering]
    ) -> None:
        self._evidence = evidence
        self._exchanges = exchanges
        self._client = client
        # For a single call, as in tests of scale, an exception's class says too little.
        self._in_words = not evidence.latest.last.inputs

    def agree(self, wrong: Wrong) -> bool:
        """Return whether the mistake gives the submission's answers in the latest property and fails it."""
        one = self._client(wrong)
        return _agrees(self._exchanges, one, in_words=self._in_words) and self._evidence.fails(one)

    def bear_out(self, wrong: Wrong) -> bool:
        """Return whether the mistake also gives the submission's other known answers."""
        return _agrees(self._must, self._client(wrong), loosely=True)

    @property
    def are_of_an_answer(self) -> bool:
        """Return whether any answer can have a gradient. For example, None can't."""
        asked = {one.call.function for one in self._exchanges if one.call.mode != "call"}
        plain = [one for each in self._evidence.earlier for one in each.exchanges()]
        plain = [one for one in plain if one.call.mode == "call" and one.call.function in asked]
        returned = [one.answer for one in plain if isinstance(one.answer, Returned)]
        return not plain or any(answer.value is not None for answer in returned)

    @cached_property
    def before(self) -> list[Exchange]:
        """Some calls from each earlier property, because each property may make its own kind of calls."""
        earlier = [[one for one in each.exchanges() if _comparable(one)] for each in self._evidence.earlier]
        of_each = [one for calls in earlier for one in _ends(_small(calls), OF_EACH)]
        return [*_sample([one for calls in earlier for one in calls]), *of_each]

    @cached_property
    def _must(self) -> list[Exchange]:
        further = [one for one in self._evidence.further() if _comparable(one)]
        asked = {one.call.function for one in self._exchanges}
        alike = [one for one in self.before if one.call.function in asked] if self._evidence.faultless else []
        return [*alike, *further]


def _recorded(wrong: Sequence[Wrong]) -> Misconception:
    """Return the message for a mistake, or for several."""
    first, *others = wrong
    names, messages = [first.name], [first.message]
    for other in others[:MOST_NAMED]:
        names.append(other.name)
        messages.append(f"Or {other.name}: {other.message}")
    return Misconception(
        slug=first.slug, name=", or ".join(names), message="\n".join(messages), kind=first.kind
    )


def _agrees(exchanges: list[Exchange], client: Answering, **how: bool) -> bool:
    return _agreement(exchanges, client, **how) == len(exchanges)


def _comparable(exchange: Exchange) -> bool:
    return not isinstance(exchange.answer, Died)


def size_of(exchange: Exchange) -> int:
    """Return the number of entries in a call's tensors and arrays."""
    arguments = exchange.call.args
    return sum(value.numel() for value in arguments if isinstance(value, Tensor)) + sum(
        value.size for value in arguments if isinstance(value, np.ndarray)
    )


def _sample(exchanges: list[Exchange]) -> list[Exchange]:
    """Return the first calls, which vary, and the last ones, which are near the smallest case.

    Large inputs are slow and add no information. They are compared only if a property has no others.
    """
    return _ends(_small(exchanges) or exchanges[-1:], ENDS)


def _small(exchanges: list[Exchange]) -> list[Exchange]:
    return [one for one in exchanges if size_of(one) <= LARGE]


def _ends(exchanges: list[Exchange], most: int) -> list[Exchange]:
    return exchanges if len(exchanges) <= 2 * most else exchanges[:most] + exchanges[-most:]


def _agreement(exchanges: list[Exchange], client: Answering, *, give_up: bool = True, **how: bool) -> int:
    """Return the number of calls that a known solution and the submission answer in the same way."""
    count = 0
    for exchange in reversed(exchanges):
        if same(exchange.answer, client.ask(exchange.call), **how):
            count += 1
        elif give_up:
            break
    return count
