"""The formats that `grade export` supports. Each writer is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from grader.report_model import Report
from grader.reports.exports import gradebooks
from grader.reports.exports.gradebooks import Graded
from grader.reports.exports.run_context import Occasion


@dataclass(frozen=True)
class Format:
    """The writer of one format, as `module.function`, and whether it takes several reports."""

    writer: str
    several: bool = False

    def write(self, reports: Sequence[Report], occasion: Occasion) -> str:
        """Return the text of the file."""
        if self.several:
            return self.gradebook(gradebooks.of_reports(reports))
        return str(self._function()(reports[0], occasion))

    def gradebook(self, rows: Sequence[Graded], column: str | None = None) -> str:
        """Return the text of a gradebook. With `column`, it has one column with the total and this title."""
        return str(self._function()(rows, column))

    def _function(self) -> Callable[..., object]:
        module, _, function = self.writer.partition(".")
        found: Callable[..., object] = getattr(import_module(f"grader.reports.exports.{module}"), function)
        return found


FORMATS: Mapping[str, Format] = {
    "gradescope": Format("gradescope.results"),
    "classroom50": Format("classroom50.result"),
    "prairielearn": Format("prairielearn.results"),
    "exercism": Format("exercism.results"),
    "ctrf": Format("ctrf.document"),
    "junit": Format("junit.document"),
    "canvas-csv": Format("canvas.gradebook", several=True),
    "moodle-csv": Format("moodle.gradebook", several=True),
    "moodle-worksheet": Format("moodle_worksheet.worksheet", several=True),
    "github-summary": Format("github_summary.summary"),
    "github-annotations": Format("github_annotations.commands"),
    "dodona": Format("dodona.output"),
}
