"""Detects lost precision: the dtype or the entries of an answer are narrower than the input's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import torch
from torch import Tensor

from grader.runner.call import Answer, Call
from grader.runner.call_log import Case, Comparison, Exchange
from grader.runner.matchers import Expected
from grader.sandbox.wire import Returned

# bfloat16 comes first: float16 often holds its numbers too.
NARROWER = (torch.bfloat16, torch.float16, torch.float32)
WIDE = {torch.float32, torch.float64, torch.complex64, torch.complex128}
# As much as float16 loses, and far less than any other mistake changes.
SMALL = 2.0**-8


def is_narrower(case: Case, ask: Callable[[Call], Answer]) -> bool:
    """Return whether an answer has half the precision of its input.

    The answer itself is tested, because a gradient always has its input's precision even if the answer
    doesn't.
    """
    return any(_is_narrower(_plain(one, ask)) for one in case.exchanges)


def lost(case: Case) -> str | None:
    """Return the effect of a narrower dtype on an entry, or None if the answer is wrong in another way."""
    last = case.exchanges[-1]
    value = last.answer.value if isinstance(last.answer, Returned) else None
    if case.comparison is None or not isinstance(value, Tensor) or value.dtype not in WIDE:
        return None
    if not _is_near(case.comparison):
        return None
    answer, entries = _real(value), [entry for one in _given(last.call) for entry in _real(one).tolist()]
    for dtype in NARROWER:
        narrow = [_through(entry, dtype) for entry in entries]
        if dtype.itemsize >= answer.element_size() or narrow == entries:
            continue
        if torch.equal(answer, answer.to(dtype).to(answer.dtype)):
            name = str(dtype).removeprefix("torch.")
            held = set(answer.tolist())
            shown = ((a, b) for a, b in zip(entries, narrow, strict=True) if a != b and b in held)
            before, after = next(shown, (None, None))
            return f"{name} inside your function" + (
                f": {before:.11g} became {after:.11g}" if before is not None else ""
            )
    return None


def _given(call: Call) -> Iterator[Tensor]:
    return (one for one in (*call.args, *call.kwargs.values()) if isinstance(one, Tensor))


def _plain(exchange: Exchange, ask: Callable[[Call], Answer]) -> Exchange:
    if exchange.call.mode != "vjp":
        return exchange
    call = replace(exchange.call, mode="call", cotangent=None)
    return Exchange(call, ask(call))


def _is_narrower(exchange: Exchange) -> bool:
    value = exchange.answer.value if isinstance(exchange.answer, Returned) else None
    given = next(_given(exchange.call), None)
    if given is None or not isinstance(value, Tensor) or not (_is_inexact(value) and _is_inexact(given)):
        return False
    return value.dtype.to_real().itemsize < given.dtype.to_real().itemsize


def _is_inexact(value: Tensor) -> bool:
    return value.is_floating_point() or value.is_complex()


def _is_near(comparison: Comparison) -> bool:
    """Return whether only the entries differ, and only slightly."""
    wanted, cells = comparison.expected, comparison.difference.cells
    if cells is None or not isinstance(wanted, Expected):
        return False
    return bool(cells.abs().max() <= SMALL * wanted.value.abs().max())


def _real(value: Tensor) -> Tensor:
    value = value.detach().resolve_conj().resolve_neg()
    return (torch.view_as_real(value) if value.is_complex() else value).flatten()


def _through(entry: float, dtype: torch.dtype) -> float:
    return float(torch.tensor(entry, dtype=torch.float64).to(dtype))
