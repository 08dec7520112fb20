"""The formats that `grade export` knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grader.report_model import Report
from grader.reports.exports import (
    canvas,
    classroom50,
    ctrf,
    dodona,
    exercism,
    github_annotations,
    github_summary,
    gradescope,
    junit,
    moodle,
    prairielearn,
)
from grader.reports.exports.run_context import Occasion

Write = Callable[[Sequence[Report], Occasion], str]


@dataclass(frozen=True)
class Format:
    """The writer of one format, and whether it takes several reports."""

    write: Write
    several: bool = False


def _one(write: Callable[[Report, Occasion], str]) -> Format:
    return Format(lambda reports, occasion: write(reports[0], occasion))


def _gradebook(write: Callable[[Sequence[Report]], str]) -> Format:
    return Format(lambda reports, _: write(reports), several=True)


FORMATS: Mapping[str, Format] = {
    "gradescope": _one(gradescope.results),
    "classroom50": _one(classroom50.result),
    "prairielearn": _one(prairielearn.results),
    "exercism": _one(exercism.results),
    "ctrf": _one(ctrf.document),
    "junit": _one(junit.document),
    "canvas-csv": _gradebook(canvas.gradebook),
    "moodle-csv": _gradebook(moodle.gradebook),
    "github-summary": _one(github_summary.summary),
    "github-annotations": _one(github_annotations.commands),
    "dodona": _one(dodona.output),
}
