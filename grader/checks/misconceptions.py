"""Which known mistake a submission makes: the one that answers every recorded call as it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from torch import Tensor

from grader.checks.answers import same
from grader.checks.respondent import Respondent
from grader.checks.transcript import Exchange, Transcript
from grader.exercises import Wrong
from grader.records import Misconception
from grader.sandbox.client import Died

ENDS = 24
LARGE = 1 << 14


def name_misconception(
    transcript: Transcript,
    earlier: Sequence[Transcript],
    known: Iterable[Wrong],
    respondent: Callable[[Wrong], Respondent],
    *,
    named: str | None = None,
) -> Misconception | None:
    """Return the misconception that agrees on every call of a property, or None.

    Several cases are compared, because the smallest one alone fits more than one mistake.
    The one that an earlier property has `named` is tried first, and where it agrees it is the answer;
    where several others agree, the one that also agrees most with the properties before is named.
    """
    exchanges = _sample(list(transcript.exchanges()))
    if not exchanges or not all(_comparable(one) for one in exchanges):
        return None
    known = list(known)
    for wrong in known:
        if wrong.slug == named and _agreement(exchanges, respondent(wrong)) == len(exchanges):
            return _recorded(wrong)
    agreeing = [wrong for wrong in known if _agreement(exchanges, respondent(wrong)) == len(exchanges)]
    if not agreeing:
        return None
    if len(agreeing) > 1:
        before = _sample([one for each in earlier for one in each.exchanges() if _comparable(one)])
        agreeing.sort(key=lambda wrong: -_agreement(before, respondent(wrong), give_up=False))
    return _recorded(agreeing[0])


def _recorded(wrong: Wrong) -> Misconception:
    return Misconception(slug=wrong.slug, name=wrong.name, message=wrong.message, kind=wrong.kind)


def _comparable(exchange: Exchange) -> bool:
    return not isinstance(exchange.answer, Died)


def size_of(exchange: Exchange) -> int:
    """Return how many numbers the tensors and arrays of a call hold."""
    arguments = exchange.call.args
    return sum(value.numel() for value in arguments if isinstance(value, Tensor)) + sum(
        value.size for value in arguments if isinstance(value, np.ndarray)
    )


def _sample(exchanges: list[Exchange]) -> list[Exchange]:
    """Return the first calls and the last: the varied ones, and those nearest to the smallest case.

    Large inputs take long and tell no more; they are compared only where a property has no others.
    """
    exchanges = [one for one in exchanges if size_of(one) <= LARGE] or exchanges[-1:]
    return exchanges if len(exchanges) <= 2 * ENDS else exchanges[:ENDS] + exchanges[-ENDS:]


def _agreement(exchanges: list[Exchange], respondent: Respondent, *, give_up: bool = True) -> int:
    """Return on how many calls a known solution answers as the submission did."""
    count = 0
    for exchange in reversed(exchanges):
        if same(exchange.answer, respondent.ask(exchange.call)):
            count += 1
        elif give_up:
            break
    return count
