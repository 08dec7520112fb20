"""Supports a plain `pytest exercises/...`, which grades the learner's files with pytest's options."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from grader import case_cache
from grader.course import Course, find_course
from grader.course_settings import is_course
from grader.runner import devices
from grader.runner.call import Budget
from grader.runner.cases.kept_cases import CaseStore
from grader.runner.grading_session import HANDED_IN, GradingSession
from grader.runner.workers import KEY, Workers
from grader.sandbox import isolation
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.submission.discovery import read_submission


def session_for(config: pytest.Config, path: Path) -> GradingSession | None:
    """Return the grading session for a file of properties, or None if the file isn't part of a course."""
    if (handed := config.stash.get(HANDED_IN, None)) is not None:
        config.stash[KEY] = handed.workers
        return handed
    course = _course_of(path)
    if course is None or path.parent.name not in course.exercises:
        return None
    submission = config.getoption("--submission") or os.environ.get("GRADER_SUBMISSION")
    place = Path(submission) if submission else course.root / course.settings.submission
    texts = read_submission(place if place.is_absolute() else config.invocation_params.dir / place, course)
    sources = {text.exercise: text.source for text in texts.files}
    seed = config.getoption("--cases-seed")
    demand = Demand(os.environ.get("GRADER_REQUIRE_ISOLATION", "process"))
    device = config.getoption("--device") or os.environ.get("GRADER_DEVICE", "auto")
    server = ZygoteClient.start()
    chosen = devices.choose(device, demand.required)
    isolation.probe(server, demand, chosen.least_confined)
    workers = Workers(
        course,
        sources,
        server,
        seed=course.settings.seed if seed is None else seed,
        devices=chosen,
        isolation=demand,
        budget=Budget(course.settings.submission_seconds),
        untestable={text.exercise: text.trouble for text in texts.files},
    )
    sys.path.insert(0, str(course.root))
    config.stash[KEY] = workers
    kept = CaseStore(course, workers.seed, str(case_cache.folder() or ""))
    return GradingSession(workers, owned=server, kept=kept)


def _course_of(path: Path) -> Course | None:
    for folder in path.parents:
        if is_course(folder):
            return find_course(folder)
    return None
