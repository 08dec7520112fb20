"""Code for `grade watch` and `grade serve`: read the answers, end on a signal, wait for events."""

from __future__ import annotations

import contextlib
import selectors
import signal
from collections.abc import Iterable
from pathlib import Path

from grader.course import Course
from grader.learner.watch_controller import WatchController
from grader.learner.workspace import Answers

ENDED_BY = 128


def answers_in(submission: Path | None, course: Course, exercises: tuple[str, ...]) -> Answers:
    """Read the answers in a folder or file. The default is the learner's folder, created if missing."""
    place = submission or course.learners_folder
    if submission is None:
        # If this fails, reading the folder reports it.
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
    answers = Answers(place, course, exercises)
    answers.read()
    return answers


def end_by_signal() -> None:
    """Exit on SIGTERM and SIGHUP as on Ctrl-C, so that child processes end and the terminal is restored."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)


def ready_of(sources: Iterable[object], desk: WatchController) -> list[object]:
    """Wait until a source or the running job is readable. Return the readable ones."""
    with selectors.DefaultSelector() as selector:
        for source in (*sources, *([] if desk.verdicts is None else [desk.verdicts])):
            selector.register(source, selectors.EVENT_READ)  # type: ignore[arg-type]
        return [key.fileobj for key, _ in selector.select()]


def _end(number: int, frame: object) -> None:
    del frame
    raise SystemExit(ENDED_BY + number)
