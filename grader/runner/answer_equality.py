"""Decides whether two answers to the same call are equal."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.runner.call import Answer
from grader.sandbox.wire import Raised, Refused, Returned

# Honest answers may round differently in another process, because memory alignment steers vector units.
SLACK = 64
OWN_WORDS = {"ValueError", "TypeError", "NotImplementedError"}


def same(one: Answer, other: Answer, *, loosely: bool = False, in_words: bool = False) -> bool:
    """Return whether two answers agree: values up to rounding, exceptions by their class.

    With `loosely`, rounding may differ more. With `in_words`, exceptions must also have the same message,
    except for classes that learners usually raise with their own message.
    """
    if isinstance(one, Returned) and isinstance(other, Returned):
        return _same_value(one.value, other.value, loosely)
    if isinstance(one, Raised) and isinstance(other, Raised):
        says_so = not in_words or one.type in OWN_WORDS or one.message == other.message
        return one.type == other.type and says_so
    if isinstance(one, Refused) and isinstance(other, Refused):
        return one.found == other.found
    return False


def _same_value(one: Any, other: Any, loosely: bool) -> bool:  # noqa: FBT001 - handed on
    if isinstance(one, Tensor) and isinstance(other, Tensor):
        return _same_tensor(one, other, loosely)
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return _same_tensor(torch.from_numpy(one), torch.from_numpy(other), loosely)
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(
            _same_value(mine, its, loosely) for mine, its in zip(one, other, strict=True)
        )
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 - NaN equals NaN here


def _same_tensor(one: Tensor, other: Tensor, loosely: bool) -> bool:  # noqa: FBT001 - handed on
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if torch.equal(one, other):
        return True
    if not (one.is_floating_point() or one.is_complex()):
        return False
    finite = one.isfinite() & other.isfinite()
    return _same_beside(one, other, ~finite) and _near(one[finite], other[finite], loosely)


def _same_beside(one: Tensor, other: Tensor, places: Tensor) -> bool:
    """Return whether two tensors have the same infinities and NaNs at these positions."""
    return bool(((one == other) | (one.isnan() & other.isnan()))[places].all())


def _near(one: Tensor, other: Tensor, loosely: bool) -> bool:  # noqa: FBT001 - handed on
    """Return whether finite entries differ only by rounding.

    Infinite entries are ignored, because every difference is small compared to infinity.
    """
    if not one.numel():
        return True
    scale = float(torch.maximum(one.abs(), other.abs()).max())
    eps = torch.finfo(one.dtype).eps
    return bool(((one - other).abs() <= (eps**0.5 if loosely else SLACK * eps) * scale).all())
