"""Precision that is lost on the way: an answer of the right dtype whose entries a narrower one holds."""

from __future__ import annotations

import torch
from torch import Tensor

from grader.checks.closeness import Expected
from grader.checks.transcript import Case
from grader.sandbox.wire import Returned

NARROWER = (torch.float16, torch.float32)
WIDE = {torch.float32, torch.float64, torch.complex64, torch.complex128}
# As much as float16 loses, and far less than any other mistake.
SMALL = 2.0**-8


def lost(case: Case) -> str | None:
    """Return what a narrower dtype has made of an entry, None where the answer is wrong in another way."""
    last, comparison = case.exchanges[-1], case.comparison
    value = last.answer.value if isinstance(last.answer, Returned) else None
    if comparison is None or not isinstance(value, Tensor) or value.dtype not in WIDE:
        return None
    given = [one for one in (*last.call.args, *last.call.kwargs.values()) if isinstance(one, Tensor)]
    if not _is_near(comparison.obtained, comparison.expected):
        return None
    answer, entries = _real(value), [entry for one in given for entry in _real(one).tolist()]
    for dtype in NARROWER:
        narrow = [_through(entry, dtype) for entry in entries]
        if dtype.itemsize >= answer.element_size() or narrow == entries:
            continue
        if torch.equal(answer, answer.to(dtype).to(answer.dtype)):
            name = str(dtype).removeprefix("torch.")
            held = set(answer.tolist())
            shown = ((a, b) for a, b in zip(entries, narrow, strict=True) if a != b and b in held)
            before, after = next(shown, (None, None))
            return f"{name} inside" + (f": {before:.11g} became {after:.11g}" if before is not None else "")
    return None


def _is_near(obtained: object, expected: object) -> bool:
    wanted = expected.value if isinstance(expected, Expected) else expected
    if not isinstance(obtained, Tensor) or not isinstance(wanted, Tensor) or obtained.shape != wanted.shape:
        return False
    if obtained.dtype != wanted.dtype or not wanted.numel():
        return False
    return bool((obtained - wanted).abs().max() <= SMALL * wanted.abs().max())


def _real(value: Tensor) -> Tensor:
    value = value.detach().resolve_conj().resolve_neg()
    return (torch.view_as_real(value) if value.is_complex() else value).flatten()


def _through(entry: float, dtype: torch.dtype) -> float:
    return float(torch.tensor(entry, dtype=torch.float64).to(dtype))
