"""Converts values to plain data for reports, and calls to text as a person would type it."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.exercises import Function
from grader.report_model import Array
from grader.runner.call import Call
from grader.runner.matchers import Expected
from grader.sanitize import clean, short
from grader.text_table import number

MAX_CELLS = 1024
MAX_TEXT = 200
DIGITS = 7
LARGEST = 1 << 63


def plain(value: Any, room: list[int] | None = None) -> Any:
    """Return a value as data for JSON: tensors as nested lists with dtype and shape.

    `room` limits the number of cells. The rest is left out.
    """
    room = [MAX_CELLS] if room is None else room
    room[0] -= 1
    if room[0] < 0:
        return "..."
    if isinstance(value, Expected):
        return plain(value.value, room)
    if isinstance(value, np.generic):
        return plain(value.item(), room)
    if isinstance(value, np.ndarray):
        return plain(_tensor(value), room)
    if isinstance(value, Tensor):
        room[0] -= value.numel()
        dtype = str(value.dtype).removeprefix("torch.")
        return Array(dtype=dtype, shape=list(value.shape), values=_nested(value))
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return short(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, complex):
        return [value.real, value.imag]
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part, room) for name, part in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [plain(part, room) for part in value[: room[0] + 1]]
    text = short(value) if not isinstance(value, str) else clean(value[:MAX_TEXT])
    room[0] -= len(text) // 8
    return text


def _tensor(array: np.ndarray[Any, Any]) -> Tensor:
    return torch.from_numpy(np.array(array))


def written(call: Call, function: Function) -> str:
    """Return a call as a learner types it: `build(kernel=[1, 2], n=3)`."""
    names = [*function.parameters, *(f"argument_{i}" for i in range(len(call.args)))]
    parts = [f"{name}={brief(value)}" for name, value in zip(names, call.args, strict=False)]
    parts += [f"{name}={brief(value)}" for name, value in call.kwargs.items()]
    return f"{call.function}({', '.join(parts)})"


def brief(value: Any) -> str:
    """Return a short text for a value. Small tensors are lists of numbers without needless zeros."""
    if isinstance(value, np.generic):
        return brief(value.item())
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufc":
        return brief(_tensor(value)).replace(" tensor of", " array of")
    if isinstance(value, Tensor):
        if value.numel() > MAX_CELLS // 16 or (0 in value.shape and value.dim() > 1):
            dtype = str(value.dtype).removeprefix("torch.")
            return f"<{dtype} tensor of shape {tuple(value.shape)}>"
        return _brief_list(value.detach().tolist())
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, tuple):
        return "(" + ", ".join(map(brief, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(brief, value)) + "]"
    return short(value)[:MAX_TEXT]


def first_line(text: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join(inspect.cleandoc(text or "").partition("\n\n")[0].split())


def _brief_list(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_brief_list, value)) + "]"
    return number([value.real, value.imag] if isinstance(value, complex) else value, DIGITS)


def _nested(value: Tensor) -> Any:
    if value.numel() > MAX_CELLS:
        return None
    if not value.numel():
        # There is nothing to list, however long the empty rows are.
        return []
    value = value.detach()
    return torch.view_as_real(value.resolve_conj()).tolist() if value.is_complex() else value.tolist()
