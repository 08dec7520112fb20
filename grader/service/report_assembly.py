"""Builds the score report from the runner's results."""

from __future__ import annotations

from datetime import UTC, datetime

from grader.course import Course
from grader.protocol import (
    RunnerOpened,
)
from grader.report_model import CourseRecord, ExerciseResult, Learner, Report, Submission
from grader.service import commits
from grader.submission.discovery import SubmissionText


def assemble(
    course: Course,
    text: SubmissionText,
    seed: int,
    opened: RunnerOpened,
    results: list[ExerciseResult],
    *,
    learner: Learner | None = None,
) -> Report:
    """Return the score report of a run."""
    return Report(
        format=1,
        tool=commits.tool(),
        submission=described(text, learner),
        course=CourseRecord(
            title=course.settings.title,
            sha256=course.digest(result.id for result in results),
            commit=commits.commit_of(course.root),
        ),
        seed=seed,
        environment=opened.environment,
        isolation=opened.isolation,
        devices=opened.devices,
        score=round(sum(result.score for result in results), 6),
        max_score=round(sum(result.max_score for result in results), 6),
        exercises=results,
        judged_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def described(text: SubmissionText, learner: Learner | None = None) -> Submission:
    """Return the part of a report that describes its submission."""
    return Submission(
        name=text.name,
        sha256=text.sha256,
        unread=list(text.unread),
        learner=learner.id if learner else None,
        learner_name=learner.name or None if learner else None,
    )
