"""Keeps the drawn cases of one exercise for later runs with the same course, seed and versions.

Where the reference was graded, its replies are kept, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import numpy as np
import torch
from torch import Tensor

import grader
from grader import case_cache
from grader.course import Course
from grader.protocol import RunnerDrew
from grader.runner.cases import case_codec
from grader.runner.cases.drawn_cases import Case, Drawn
from grader.sandbox.array_codec import Malformed, Unsendable
from grader.strategies.moods import INTEGERS, MOODS, Part

ALL_MOODS = (None, INTEGERS, *MOODS)


class KeptPart(msgspec.Struct, array_like=True, frozen=True):
    """A part of a property's cases: the index of its mood in `ALL_MOODS`, its size, share and cases."""

    mood: int
    is_large: bool | None
    share: int
    cases: list[dict[str, Any]]


# The requests and replies of one case, as they were sent.
Calls = list[tuple[bytes, bytes]]


class Kept(msgspec.Struct, array_like=True):
    """What is kept of a property. It has no parts if its cases depend on the answers."""

    parts: list[KeptPart] | None
    # The reference's calls, case by case, for each device.
    calls: dict[str, list[Calls]] = {}


Contents = dict[str, Kept]


class CaseStore:
    """The kept cases of a course's exercises, for one seed."""

    def __init__(self, course: Course, seed: int, folder: str) -> None:
        """Keep nothing without a folder, or for seeds other than the course's, because few are reused."""
        self._folder = folder if seed == course.settings.seed else ""
        self._course = course
        self._exercises: dict[str, KeptCases] = {}

    def of_property(self, exercise: str, name: str, test: Callable[..., Any]) -> KeptProperty | None:
        """Return the store for one property's cases, or None if nothing is kept."""
        if not self._folder:
            return None
        if exercise not in self._exercises:
            self._exercises[exercise] = KeptCases(self._course, exercise, Path(self._folder))
        return KeptProperty(self._exercises[exercise], name, case_codec.named_tuples(test))

    def save(self) -> None:
        """Write the new files. Call this only in a process that may write outside its scratch folder."""
        for file in self.fresh():
            case_cache.write(file.name, file.content)

    def fresh(self) -> Iterator[RunnerDrew]:
        """Yield the files that are new since the last call."""
        for kept in self._exercises.values():
            if (drew := kept.fresh()) is not None:
                yield drew


class KeptCases:
    """The cases of an exercise's properties, both those read from a file and newly drawn ones."""

    def __init__(self, course: Course, exercise: str, folder: Path) -> None:
        """Read nothing yet: the file's name depends on the modules that the properties import."""
        self._course = course
        self._exercise = exercise
        self._folder = folder
        self._is_new = False

    @cached_property
    def _name(self) -> str:
        return f"{self._exercise}-{_digest(self._course, self._exercise)}{case_cache.SUFFIX}"

    @cached_property
    def _contents(self) -> Contents:
        content = case_cache.read(self._folder / self._name)
        try:
            return {} if content is None else msgspec.msgpack.decode(content, type=Contents)
        except msgspec.DecodeError:
            return {}

    def of(self, name: str) -> Kept:
        """Return the cases kept for a property. Raise KeyError if nothing is kept."""
        return self._contents[name]

    def keep(self, name: str, kept: Kept) -> None:
        """Keep a property's cases for later runs."""
        self._contents[name] = kept
        self._is_new = True

    def fresh(self) -> RunnerDrew | None:
        """Return the file if it is new since the last call."""
        if not self._is_new:
            return None
        self._is_new = False
        return RunnerDrew(name=self._name, content=msgspec.msgpack.encode(self._contents))


class KeptProperty:
    """The kept cases of one property."""

    def __init__(self, kept: KeptCases, name: str, named: case_codec.NamedTuples) -> None:
        """Store an exercise's kept cases, the property's name, and the `named` tuples in its cases."""
        self._kept = kept
        self._name = name
        self._named = named

    def recall(self) -> Drawn | None:
        """Return the cases, or None if they depend on the answers. Raise KeyError if nothing is kept."""
        parts = self._kept.of(self._name).parts
        if parts is None:
            return None
        drawn = Drawn()
        try:
            for part in parts:
                cases = [case_codec.unpacked(case, self._named) for case in part.cases]
                drawn.cases += cases
                drawn.parts += [Part(ALL_MOODS[part.mood], part.is_large, part.share)] * len(cases)
        except (Malformed, IndexError) as error:
            raise KeyError(self._name) from error
        return drawn

    def keep(self, drawn: Drawn | None) -> None:
        """Keep the cases, if a file can hold them exactly."""
        with contextlib.suppress(Unsendable, Malformed, ValueError):
            parts = None if drawn is None else _parts_of(drawn, self._named)
            self._kept.keep(self._name, Kept(parts))

    def calls(self, device: str) -> list[Calls]:
        """Return the reference's calls, case by case, or an empty list if they aren't kept."""
        try:
            return self._kept.of(self._name).calls.get(device, [])
        except KeyError:
            return []

    def keep_calls(self, device: str, calls: list[Calls]) -> None:
        """Keep the reference's calls with the cases, if those are kept."""
        with contextlib.suppress(KeyError):
            kept = self._kept.of(self._name)
            if kept.calls.get(device) != calls:
                self._kept.keep(self._name, Kept(kept.parts, kept.calls | {device: calls}))


def _digest(course: Course, exercise: str) -> str:
    """Return a digest of everything that the cases of an exercise depend on."""
    own = Path(grader.__file__).parent
    # The other two digests cover these.
    covered = [own, *(course.root / name for name in (course.settings.exercises, course.settings.reference))]
    loaded = [path for path in _loaded_from(course.root) if not any(map(path.is_relative_to, covered))]
    parts = (course.digest([exercise]), course.settings.seed, _of_this_grader(own), _of_files(loaded))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _of_this_grader(own: Path) -> str:
    """Return a digest of the grader's files and of the versions that it runs with."""
    versions = (hypothesis.__version__, torch.__version__, np.__version__, sys.version, platform.machine())
    return f"{versions} {_of_files(own.rglob('*.py'))}"


def _of_files(paths: Iterable[Path]) -> str:
    """Return a digest of files by their sizes and times: reading them would take longer."""
    found = [(str(path), path.stat()) for path in sorted(paths)]
    facts = [(name, status.st_size, status.st_mtime_ns) for name, status in found]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _loaded_from(root: Path) -> list[Path]:
    """Return the files of modules loaded from the course. Versions stand for installed packages."""
    files = [getattr(module, "__file__", None) for module in [*sys.modules.values()]]
    prefix = f"{root}{os.sep}"
    return [
        Path(file)
        for file in files
        if file and file.startswith(prefix) and not file.startswith(sys.prefix) and Path(file).is_file()
    ]


def _parts_of(drawn: Drawn, named: case_codec.NamedTuples) -> list[KeptPart]:
    """Return cases as plain values. Raise an error if decoding wouldn't reproduce them exactly."""
    parts: list[KeptPart] = []
    latest: Part | None = None
    for case, part in zip(drawn.cases, drawn.parts, strict=True):
        packed = case_codec.packed(case, exactly=True)
        again = case_codec.unpacked(msgspec.msgpack.decode(msgspec.msgpack.encode(packed)), named)
        is_exact = case_codec.packed(again, exactly=True) == packed and _alike(case, again)
        if not is_exact or _shares_memory(case):
            raise Unsendable("a case with more than its values")
        if part is not latest:
            parts.append(KeptPart(ALL_MOODS.index(part.mood), part.is_large, part.share, []))
            latest = part
        parts[-1].cases.append(packed)
    return parts


def _alike(one: Any, other: Any) -> bool:
    """Return whether two values with the same numbers also have the same types and memory layout."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return [*one] == [*other] and all(_alike(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, Tensor):
        return _facts(one) == _facts(other)
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.strides) == (other.dtype, other.shape, other.strides)
    return repr(one) == repr(other)


def _facts(tensor: Tensor) -> tuple[Any, ...]:
    flags = (tensor.requires_grad, tensor.is_conj(), tensor.is_neg())
    return (tensor.dtype, tensor.device, tensor.layout, tensor.shape, tensor.stride(), *flags)


def _shares_memory(case: Case) -> bool:
    """Return whether two values of a case share memory, which decoded values never do."""
    places = [place for value in case.values() for place in _places(value)]
    return len(places) != len({*places})


def _places(value: Any) -> list[int]:
    if isinstance(value, Tensor):
        return [value.untyped_storage().data_ptr()] if value.numel() else []
    if isinstance(value, np.ndarray):
        return [value.__array_interface__["data"][0]] if value.size else []
    if isinstance(value, dict):
        return [place for part in value.values() for place in _places(part)]
    if isinstance(value, list | tuple):
        return [place for part in value for place in _places(part)]
    return []
