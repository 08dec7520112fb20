"""Values as reports carry them, and calls as a person would write them."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.checks.closeness import Expected
from grader.checks.respondent import Call
from grader.exercises import Function
from grader.records import Array
from grader.tables import clean, number

MAX_CELLS = 1024
MAX_TEXT = 200
DIGITS = 7


def plain(value: Any) -> Any:
    """Return a value as JSON carries it: tensors as nested lists with dtype and shape."""
    if isinstance(value, Expected):
        return plain(value.value)
    if isinstance(value, np.ndarray):
        return plain(torch.from_numpy(np.ascontiguousarray(value)))
    if isinstance(value, Tensor):
        dtype = str(value.dtype).removeprefix("torch.")
        return Array(dtype=dtype, shape=list(value.shape), values=_nested(value))
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, complex):
        return [value.real, value.imag]
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value[:MAX_CELLS]]
    return clean(repr(value))


def written(call: Call, function: Function) -> str:
    """Return a call as a learner could type it: `build(kernel=[1, 2], n=3)`."""
    names = [*function.parameters, *(f"argument_{i}" for i in range(len(call.args)))]
    parts = [f"{name}={brief(value)}" for name, value in zip(names, call.args, strict=False)]
    parts += [f"{name}={brief(value)}" for name, value in call.kwargs.items()]
    return f"{call.function}({', '.join(parts)})"


def brief(value: Any) -> str:
    """Return a short text for a value: small tensors as lists of numbers without needless zeros."""
    if isinstance(value, Tensor):
        if value.numel() > MAX_CELLS // 16:
            dtype = str(value.dtype).removeprefix("torch.")
            return f"<{dtype} tensor of shape {tuple(value.shape)}>"
        return _brief_list(value.detach().tolist())
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, tuple):
        return "(" + ", ".join(map(brief, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(brief, value)) + "]"
    return clean(repr(value))[:MAX_TEXT]


def first_line(text: str | None) -> str:
    """Return the sentence of a docstring."""
    return " ".join(inspect.cleandoc(text or "").partition("\n\n")[0].split())


def _brief_list(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_brief_list, value)) + "]"
    return number([value.real, value.imag] if isinstance(value, complex) else value, DIGITS)


def _nested(value: Tensor) -> Any:
    if value.numel() > MAX_CELLS:
        return None
    value = value.detach()
    return torch.view_as_real(value.resolve_conj()).tolist() if value.is_complex() else value.tolist()
