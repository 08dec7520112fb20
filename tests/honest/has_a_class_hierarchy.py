"""Spreads the work over abstract classes, class methods, properties and slots."""

from abc import ABC, abstractmethod
from enum import Enum
from typing import NamedTuple

import torch


class Kind(Enum):
    VALID = "valid"


class Size(NamedTuple):
    rows: int
    columns: int


class Matrix(ABC):
    __slots__ = ("_kernel", "_size")

    def __init__(self, kernel, size):
        self._kernel = kernel
        self._size = size

    @classmethod
    def of(cls, kernel, n, kind=Kind.VALID):
        assert kind is Kind.VALID
        return cls(kernel, Size(n - len(kernel) + 1, n))

    @abstractmethod
    def row(self, i): ...

    @property
    def whole(self):
        return torch.stack([*map(self.row, range(self._size.rows))])


class Toeplitz(Matrix):
    __slots__ = ()

    def row(self, i):
        return torch.nn.functional.pad(self._kernel, (i, self._size.columns - len(self._kernel) - i))


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no valid position")
    return Toeplitz.of(kernel, n).whole
