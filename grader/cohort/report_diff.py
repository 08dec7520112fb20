"""`grade cohort --diff OLD NEW`: which verdicts changed between two runs, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from grader.cohort.cohort_summary import SUMMARY
from grader.cohort.report_store import REPORTS, read
from grader.errors import UsageError
from grader.report_model import Property, Report
from grader.reports import folded_devices, wording
from grader.reports.marks import Marks
from grader.reports.statistics import Summary
from grader.reports.wording import points

NOWHERE = "no report"


@dataclass(frozen=True)
class Change:
    """A verdict that changed between two runs."""

    exercise: str
    property: str
    device: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class DiffSide:
    """One submission in one of the two runs: its report or the reason why it has none, and its marks."""

    report: Report | None
    trouble: str = ""
    marks: Marks | None = None


GONE = DiffSide(None)
NO_MARKS = Marks(exercises={}, earned=0.0, total=0.0, out_of=0.0)


def diff(old: Path, new: Path, console: Console) -> int:
    """Print the changed verdicts and marks by submission, and why. Return 1 if any verdict changed."""
    before, after = _sides(old), _sides(new)
    changed = marked = 0
    names = sorted({*before, *after})
    for name in names:
        one, other = before.get(name, GONE), after.get(name, GONE)
        changes, marks = list(_changes(one.report, other.report)), list(_marks(one.marks, other.marks))
        changed += bool(changes)
        marked += bool(marks and not changes)
        if changes:
            _show(name, ", ".join(_why(one, other)) or "nothing in the reports explains it", changes, console)
        elif marks:
            console.print(Text(name, "bold"), soft_wrap=True)
        for line in marks:
            console.print(Text(f"  {line}"), soft_wrap=True)
    plural = "" if changed == 1 else "s"
    only = f", {marked} with other points" if marked else ""
    rest = len(names) - changed - marked
    console.print(
        f"{changed} submission{plural} with changed verdicts{only}, {rest} unchanged", highlight=False
    )
    return 1 if changed else 0


def _marks(before: Marks | None, after: Marks | None) -> Iterator[str]:
    """Yield what changed in the marks: the changes by hand, the late rule, the sum."""
    old, new = before or NO_MARKS, after or NO_MARKS
    for one in new.overrides:
        if one not in old.overrides:
            by = "" if one.before is None else f"{points(one.before)} → "
            why = f"  {one.comment}" if one.comment else ""
            yield f"changed by hand: {one.exercise}  {by}{points(one.points)}{why}"
    kept = {one.exercise for one in new.overrides}
    yield from (
        f"no longer changed by hand: {one.exercise}" for one in old.overrides if one.exercise not in kept
    )
    late, later = (marks.lateness.days if marks.lateness else 0 for marks in (old, new))
    if late != later:
        yield f"days late: {late} → {later}"
    if before and after and (old.total, old.out_of) != (new.total, new.out_of):
        yield f"points: {_sum(old)} → {_sum(new)}"


def _sum(marks: Marks) -> str:
    return f"{points(marks.total)} of {points(marks.out_of)}"


def _show(name: str, why: str, changes: list[Change], console: Console) -> None:
    console.print(Text.assemble((name, "bold"), f"  changed: {why}"), soft_wrap=True)
    for one in changes:
        device = "" if one.device == "cpu" else f" on {one.device}"
        line = f"  {one.exercise}: {one.property}{device}  {one.before} → {one.after}"
        console.print(Text(f"{line}  {one.reason}".rstrip()), soft_wrap=True)


def _sides(out: Path) -> dict[str, DiffSide]:
    """Return the results of a run by submission. An interrupted run has no summary: use its reports."""
    try:
        summary = msgspec.json.decode((out / SUMMARY).read_bytes(), type=Summary)
    except (OSError, msgspec.DecodeError):
        folder = out / REPORTS if (out / REPORTS).is_dir() else out
        found = {
            path.stem: DiffSide(report)
            for path in folder.glob("*.json")
            if (report := read(path)) is not None
        }
    else:
        found = {}
        for row in summary.submissions:
            name = row.name if row.name not in found else f"{row.name} ({row.report})"
            found[name] = DiffSide(
                read(out / row.report) if row.report else None,
                row.trouble.found if row.trouble else "",
                row.marks,
            )
    if not found:
        raise UsageError(
            "no-cohort-reports",
            found="there is no score report here",
            where=str(out),
            expected="a folder that `grade cohort --json-dir` wrote",
            remedy="give two such folders: --diff OLD NEW",
        )
    return found


def _changes(before: Report | None, after: Report | None) -> Iterator[Change]:
    old, new = _laws(before), _laws(after)
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        if (was and was.verdict) != (now and now.verdict):
            yield Change(*key, _verdict(was), _verdict(now), _reason(now))


def _laws(report: Report | None) -> dict[tuple[str, str, str], Property]:
    if report is None:
        return {}
    return {
        (exercise.id, one.id, one.device): one
        for exercise in report.exercises
        for one in folded_devices.folded(exercise.properties)
    }


def _verdict(one: Property | None) -> str:
    return wording.word(one.verdict) if one else NOWHERE


def _reason(one: Property | None) -> str:
    if one is None or one.verdict == "met":
        return ""
    return one.misconception.name if one.misconception else (one.reason or "")


def _why(old: DiffSide, new: DiffSide) -> Iterator[str]:
    """Yield the causes that differ between the two runs."""
    before, after = old.report, new.report
    if before is None or after is None:
        trouble = old.trouble or new.trouble
        yield trouble or f"the submission is {'new' if before is None else 'gone'}"
        return
    if before.submission.sha256 != after.submission.sha256:
        yield "the submission"
    asked = [[one.id for one in report.exercises] for report in (before, after)]
    if asked[0] == asked[1] and before.course.sha256 != after.course.sha256:
        yield "the course"
    if before.tool.version != after.tool.version:
        yield f"the grader ({before.tool.version} → {after.tool.version})"
    if before.seed != after.seed:
        yield f"the seed ({before.seed} → {after.seed})"
    if before.devices != after.devices:
        yield "the devices"
    if before.isolation.required != after.isolation.required or before.isolation.tier != after.isolation.tier:
        yield f"the isolation ({before.isolation.tier} → {after.isolation.tier})"
    if before.environment != after.environment:
        yield "the versions of Python or its packages"
