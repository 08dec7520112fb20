"""Grades the submissions of a cohort in parallel, and stores each report when it is finished."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

import msgspec
from msgspec import structs

from grader.cohort.folder_scan import CohortEntry
from grader.cohort.progress_bar import Rate
from grader.cohort.report_store import Key, Shelf
from grader.course import Course
from grader.errors import GraderError
from grader.protocol import RunnerFailed, RunnerOpened
from grader.service import commits, task
from grader.service.executors import Pool
from grader.service.grading import job_of
from grader.service.report_assembly import assemble, described
from grader.service.runner_connection import RunOptions, raised
from grader.service.task import Finding, Judged, Order, TaskSettings, Unfit
from grader.submission.discovery import SubmissionText

# Submissions to read ahead per lane: enough that none waits, few enough for the memory.
AHEAD = 3
# After so many seconds without a result, ask whether any worker is left.
SILENCE = 5.0
# A submission to grade, and its texts, just read.
Waiting = tuple[CohortEntry, SubmissionText]


@dataclass
class Cohort:
    """One run over a folder: its settings, its reports and its errors."""

    course: Course
    options: RunOptions
    seed: int
    shelf: Shelf
    opened: RunnerOpened
    force: bool
    troubles: dict[str, RunnerFailed] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """The key that every stored report must have."""
        return Key(
            commits.tool(),
            self.course,
            self.seed,
            self.opened.devices,
            self.options.isolation,
            self.opened.environment,
        )

    def waiting(self, found: Sequence[CohortEntry], rate: Rate) -> Iterator[Waiting]:
        """Read and yield the submissions that still need grading. Record those that can't be read."""
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
        """Record why a submission has no report."""
        self.troubles[entry.slug] = trouble
        self.shelf.remove(entry)

    def keep(self, entry: CohortEntry, text: SubmissionText, finding: Finding, rate: Rate) -> None:
        """Store the result of one submission."""
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
            # The same texts under another name or from another learner: only that part of the report changes.
            self.shelf.put(entry, structs.replace(report, submission=submission))
        return True


def survey(lanes: Pool, bench: TaskSettings) -> RunnerOpened:
    """Return the versions and devices of the first worker. Raise an error if it can't grade."""
    finding = _decoded(lanes.executor.submit(task.survey, msgspec.msgpack.encode(bench)))
    if isinstance(finding, Unfit):
        raise _unfit(finding)
    if isinstance(finding, RunnerFailed):
        raise raised(finding)
    return finding.opened


def _unfit(finding: Unfit) -> GraderError:
    """Return the error for a machine that can't grade. It would fail for every submission."""
    failure = finding.failure
    return raised(structs.replace(failure, where=f"{failure.where} (on {finding.machine})"))


def _another_machine(found: RunnerOpened, expected: RunnerOpened) -> GraderError:
    """Return the error for a worker with different versions, because its verdicts aren't comparable."""
    return GraderError(
        "another-machine",
        found=f"a worker with {_versions(found)}",
        where="the machines that grade this cohort",
        expected=f"the same versions as on the first machine: {_versions(expected)}",
        remedy="install the same versions on all machines. Then run again: finished reports are kept",
    )


def _versions(opened: RunnerOpened) -> str:
    one = opened.environment
    judged = ", ".join(name for name, state in opened.devices.items() if state == "judged")
    return (
        f"Python {one.python}, torch {one.torch}, NumPy {one.numpy}, Hypothesis {one.hypothesis} on "
        f"{one.platform}, grading on {judged}"
    )


def judge(one: Cohort, found: Sequence[CohortEntry], lanes: Pool, bench: TaskSettings, rate: Rate) -> None:
    """Grade all submissions in parallel. At the end, repeat the timeouts one by one."""
    late: list[Waiting] = []
    for waiting, finding in _findings(one.waiting(found, rate), lanes, bench, rate):
        if _ran_out_of_time(finding):
            late.append(waiting)
        else:
            one.keep(*waiting, finding, rate)
    # Parallel jobs slow each other down. A submission that is late alone, too, is too slow.
    for waiting, finding in _findings(iter(late), lanes, bench, rate, most=1):
        one.keep(*waiting, finding, rate)


def _findings(
    todo: Iterator[Waiting], lanes: Pool, bench: TaskSettings, rate: Rate, *, most: int | None = None
) -> Iterator[tuple[Waiting, Finding]]:
    """Yield the finding of each submission.

    At most `most` submissions run at the same time. Only a few are read in advance.
    """
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
    except Exception as error:  # noqa: BLE001 - after any error of an executor the other submissions go on
        return RunnerFailed.of(_executor_failed(error))
    return finding


def _executor_failed(error: Exception) -> GraderError:
    return GraderError(
        "executor",
        found=f"{type(error).__name__}: {error}"[:500],
        where="the executor that grades submissions",
        expected="a worker that runs until the submission is graded",
        remedy="run the same command again. It grades only the remaining submissions",
    )
