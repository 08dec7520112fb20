"""Detects trivial answers: zeros, the same number everywhere, the identity, or an input.

Many laws hold for such answers. For example, a matrix of zeros is banded, linear and has shared weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.runner.call_log import Exchange
from grader.sandbox.wire import Returned

# With fewer answers it is unknown whether they change.
FEWEST = 6
MATRIX = 2


def constant(exchanges: Iterable[Exchange]) -> str | None:
    """Return a description of the trivial answers, or None if any answer isn't trivial."""
    answers = [
        (one, part)
        for one in exchanges
        if one.call.mode == "call" and isinstance(one.answer, Returned)
        for part in _parts(one.answer.value)
    ]
    if len(answers) < FEWEST:
        return None
    kinds = [None if tensor is None else _kind(one, tensor) for one, tensor in answers]
    found = list(dict.fromkeys(kinds))
    numbers = [kind for kind in found if isinstance(kind, float | complex)]
    if None in found or len(numbers) > 1:
        return None
    return " or ".join(
        kind if isinstance(kind, str) else f"{kind:g} everywhere" for kind in found if kind is not None
    )


def _parts(value: Any) -> list[Tensor | None]:
    if isinstance(value, tuple | list):
        return [_tensor(part) for part in value]
    return [_tensor(value)]


def _tensor(value: Any) -> Tensor | None:
    if isinstance(value, Tensor):
        return value
    try:
        if isinstance(value, np.ndarray):
            return torch.from_numpy(value)
        return torch.tensor(value) if isinstance(value, bool | int | float | complex) else None
    except (TypeError, ValueError, RuntimeError, OverflowError):
        # A whole number of more than 64 bits, or a dtype that torch lacks.
        return None


def _kind(exchange: Exchange, answer: Tensor) -> str | float | complex | None:
    """Return "an input", "the identity", the number that fills the answer, or None for anything else."""
    if not answer.numel():
        return None
    given = (*exchange.call.args, *exchange.call.kwargs.values())
    inputs = [_tensor(value) for value in given if isinstance(value, Tensor | np.ndarray)]
    if any(one is not None and one.shape == answer.shape and bool((one == answer).all()) for one in inputs):
        return "an input"
    first = answer.flatten()[0]
    if bool((answer == first).all()):
        number = first.item()
        return number if isinstance(number, complex) else float(number)
    is_identity = answer.dim() == MATRIX and bool((answer == torch.eye(*answer.shape)).all())
    return "the identity" if is_identity else None
