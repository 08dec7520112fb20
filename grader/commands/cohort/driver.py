"""`grade cohort`: every submission of a folder judged once, its report kept, and what they all came to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec import structs
from rich.console import Console

from grader.commands import commits
from grader.commands.cohort import cohort_summary, task
from grader.commands.cohort.executors import Pool, pool
from grader.commands.cohort.folder_scan import CohortEntry, search
from grader.commands.cohort.progress_bar import Rate
from grader.commands.cohort.report_store import Key, Shelf
from grader.commands.cohort.task import Finding, Judged, Order, TaskSettings, Unfit
from grader.commands.grade import RANDOM, RunOptions, assemble, choose_seed, described, job_of, raised
from grader.course import Course
from grader.errors import GraderError, UsageError
from grader.protocol import RunnerFailed, RunnerOpened
from grader.submission.discovery import SubmissionText

# So many submissions are read ahead for each lane: enough that none waits, few enough to hold.
AHEAD = 3
# After so many seconds in which nothing was judged, it is asked whether anybody is there to judge.
SILENCE = 5.0
# Who is to be judged, and the texts that were just read.
Waiting = tuple[CohortEntry, SubmissionText]


@dataclass(frozen=True)
class CohortOptions:
    """Where the reports go, who judges, and whether what is judged already is judged again."""

    out: Path | None = None
    jobs: int | None = None
    scheduler: str | None = None
    force: bool = False
    exit_zero: bool = False


@dataclass
class Cohort:
    """One run over a folder: what is kept of it, and what came in the way."""

    course: Course
    options: RunOptions
    seed: int
    shelf: Shelf
    opened: RunnerOpened
    force: bool
    troubles: dict[str, RunnerFailed] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What every report must have been made with."""
        return Key(
            commits.tool(),
            self.course,
            self.seed,
            self.opened.devices,
            self.options.isolation,
            self.opened.environment,
        )

    def waiting(self, found: list[CohortEntry], rate: Rate) -> Iterator[Waiting]:
        """Yield what is still to be judged, read just now; what can't be read is noted."""
        for entry in found:
            try:
                text = entry.read(self.course, self.options.exercises)
            except GraderError as error:
                self.refuse(entry, RunnerFailed.of(error))
                rate.refused()
                continue
            if self.force or not self._is_kept(entry, text):
                yield entry, text
            else:
                rate.kept()

    def refuse(self, entry: CohortEntry, trouble: RunnerFailed) -> None:
        """Note why a submission has no report."""
        self.troubles[entry.slug] = trouble
        self.shelf.remove(entry)

    def keep(self, entry: CohortEntry, text: SubmissionText, finding: Finding, rate: Rate) -> None:
        """Keep what was found about one submission."""
        if isinstance(finding, Unfit):
            raise _unfit(finding)
        if isinstance(finding, RunnerFailed):
            self.refuse(entry, finding)
            rate.refused()
            return
        if (finding.opened.environment, finding.opened.devices) != (
            self.opened.environment,
            self.opened.devices,
        ):
            raise _another_machine(finding.opened, self.opened)
        report = assemble(
            self.course, text, self.seed, finding.opened, finding.results, learner=entry.learner
        )
        self.shelf.put(entry, report)
        rate.judged(met=all(one.status == "met" for one in report.exercises))

    def _is_kept(self, entry: CohortEntry, text: SubmissionText) -> bool:
        report = self.shelf.report(entry)
        if report is None or report.submission.sha256 != text.sha256 or not self.key.fits(report):
            return False
        submission = described(text, entry.learner)
        if report.submission != submission:
            # The same texts at another place, or of somebody else's: only what is said of them is another.
            self.shelf.put(entry, structs.replace(report, submission=submission))
        return True


def cohort(
    folder: Path | None, course: Course, options: RunOptions, chosen: CohortOptions, console: Console
) -> int:
    """Judge what isn't judged yet, write what all came to, and return the exit code."""
    if folder is None:
        raise UsageError(
            "no-cohort",
            found="no folder",
            where="grade cohort",
            expected="DIR, in which each entry is a submission; or --diff OLD NEW",
            remedy="name the folder that the platform's download was unpacked into",
        )
    out = chosen.out or _beside(folder)
    found = search(folder, out=out)
    shelf = Shelf(out)
    # Whoever knows the seed may answer by a table of the cases that it draws.
    asked = RANDOM if options.seed is None else options.seed
    drawn = shelf.seed() if asked == RANDOM and not chosen.force else None
    seed = choose_seed(asked, course) if drawn is None else drawn
    bench = TaskSettings.of(course, options, seed)
    lanes = pool(chosen.jobs, chosen.scheduler)
    try:
        with console.status("importing torch ..."):
            opened = _survey(lanes, bench)
        one = Cohort(course, options, seed, shelf, opened, chosen.force)
        with Rate(len(found.entries), console) as rate:
            _judge(one, found.entries, lanes, bench, rate)
    finally:
        lanes.close()
    gone = shelf.set_aside(found.entries)
    summary = cohort_summary.summarise(course, found.entries, shelf, one.troubles, one.key)
    cohort_summary.write(summary, out)
    cohort_summary.show(summary, out, found.others, gone, console)
    if any(trouble.code != UsageError.exit_code for trouble in one.troubles.values()):
        return GraderError.exit_code
    return 0 if chosen.exit_zero or all(row.status == "met" for row in summary.submissions) else 1


def _beside(folder: Path) -> Path:
    """Return where the reports on a folder go; `.` and `..` have a name of their own, too."""
    named = folder if folder.name not in {"", ".."} else folder.resolve()
    return named.parent / f"{named.name}-reports"


def _survey(lanes: Pool, bench: TaskSettings) -> RunnerOpened:
    finding = _decoded(lanes.executor.submit(task.survey, msgspec.msgpack.encode(bench)))
    if isinstance(finding, Unfit):
        raise _unfit(finding)
    if isinstance(finding, RunnerFailed):
        raise raised(finding)
    return finding.opened


def _unfit(finding: Unfit) -> GraderError:
    """Return what keeps a machine from judging: it would refuse one submission after the other."""
    failure = finding.failure
    return raised(structs.replace(failure, where=f"{failure.where} (on {finding.machine})"))


def _another_machine(found: RunnerOpened, expected: RunnerOpened) -> GraderError:
    """Return the error for a worker whose verdicts can't stand beside the others'."""
    return GraderError(
        "another-machine",
        found=f"a worker with {_versions(found)}",
        where="the machines that judge this cohort",
        expected=f"the same on each, as found first: {_versions(expected)}",
        remedy="install the same versions everywhere, and run again: what is judged is kept",
    )


def _versions(opened: RunnerOpened) -> str:
    one = opened.environment
    judged = ", ".join(name for name, state in opened.devices.items() if state == "judged")
    return (
        f"Python {one.python}, torch {one.torch}, NumPy {one.numpy}, Hypothesis {one.hypothesis} on "
        f"{one.platform}, judging on {judged}"
    )


def _judge(one: Cohort, found: list[CohortEntry], lanes: Pool, bench: TaskSettings, rate: Rate) -> None:
    """Keep every lane busy until nothing is left; who ran out of time is tried again after the others."""
    late: list[Waiting] = []
    for waiting, finding in _findings(one.waiting(found, rate), lanes, bench, rate):
        if _ran_out_of_time(finding):
            late.append(waiting)
        else:
            one.keep(*waiting, finding, rate)
    # Beside others a processor computes more slowly. What is late by itself, too, is too slow.
    for waiting, finding in _findings(iter(late), lanes, bench, rate, most=1):
        one.keep(*waiting, finding, rate)


def _findings(
    todo: Iterator[Waiting], lanes: Pool, bench: TaskSettings, rate: Rate, *, most: int | None = None
) -> Iterator[tuple[Waiting, Finding]]:
    """Yield what is found of each submission, `most` at a time; of what waits only a little is read."""
    running: dict[Future[bytes], Waiting] = {}
    while True:
        room = max((max(lanes.lanes(), 1) * AHEAD if most is None else most) - len(running), 0)
        for waiting in itertools.islice(todo, room):
            order = Order(bench=bench, jobs=[job_of(file) for file in waiting[1].files])
            running[lanes.executor.submit(task.judge, msgspec.msgpack.encode(order))] = waiting
        if not running:
            return
        done = wait(running, SILENCE, return_when=FIRST_COMPLETED).done
        rate.attended(bool(done) or lanes.lanes() > 0)
        for future in [one for one in running if one in done]:
            waiting = running.pop(future)
            yield waiting, _decoded(future)


def _ran_out_of_time(finding: Finding) -> bool:
    return isinstance(finding, Judged) and any(
        one.cause == "timeout" for result in finding.results for one in result.properties
    )


def _decoded(future: Future[bytes]) -> Finding:
    try:
        finding: Finding = msgspec.msgpack.decode(future.result(), type=Finding)
    except Exception as error:  # noqa: BLE001 - whatever an executor raises, the other submissions go on
        return RunnerFailed.of(_executor_failed(error))
    return finding


def _executor_failed(error: Exception) -> GraderError:
    return GraderError(
        "executor",
        found=f"{type(error).__name__}: {error}"[:500],
        where="the executor that judges submissions",
        expected="a worker that lives until the submission is judged",
        remedy="run the same command again: only what isn't judged yet is judged",
    )
