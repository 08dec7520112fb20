"""The latest measurement of each exercise, in the learner's own folder. `grade serve` draws it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from grader.course import Course
from grader.learner.state import progress, state_files
from grader.measure_model import Measurement
from grader.source_text import SourceText


def digest_of(source: SourceText) -> str:
    """Return the digest of a text."""
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


def keep(course: Course, submission: Path, found: Measurement) -> None:
    """Store a measurement of the learner's own folder. Never write to another folder."""
    if progress.is_learners(submission, course):
        folder = submission if submission.is_dir() else submission.parent
        state_files.write(folder, _name(found.exercise), msgspec.json.encode(found))


def recall(folder: Path, written: Mapping[str, SourceText]) -> dict[str, Measurement]:
    """Return the measurements of these texts, by exercise. A measurement of an older text is left out."""
    found: dict[str, Measurement] = {}
    for exercise, source in written.items():
        content = state_files.read(folder, _name(exercise))
        try:
            one = msgspec.json.decode(content, type=Measurement) if content else None
        except msgspec.DecodeError:
            one = None
        if one is not None and one.exercise == exercise and one.sha256 == digest_of(source):
            found[exercise] = one
    return found


def _name(exercise: str) -> str:
    return f"measured-{exercise}.json"
