"""A learner's workspace: the answers in a folder, their results, and the progress in the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course
from grader.errors import GraderError
from grader.learner.state import progress, remembered_cases
from grader.learner.state.progress import Standing
from grader.learner.state.shown import seen
from grader.protocol import ReplayedCase
from grader.report_model import ExerciseResult
from grader.submission.discovery import SubmittedFile, read_submission

NOTHING_YET = {"empty-submission", "no-answer"}


@dataclass(frozen=True)
class Score:
    """The progress in the course."""

    met: int
    exercises: int
    score: float
    max_score: float


class Answers:
    """The answers as they were last read, and the results of this session.

    Results of earlier sessions in the learner's own folder count until a new result replaces them.
    """

    def __init__(self, place: Path, course: Course, wanted: tuple[str, ...] = ()) -> None:
        """Store the folder or file to read, and the wanted exercises. If none are given, all are wanted."""
        self.place = place
        self.course = course
        self.files: dict[str, SubmittedFile] = {}
        self.results: dict[str, ExerciseResult] = {}
        self._wanted = wanted
        self._standings: Mapping[str, Standing] = {}

    def read(self) -> None:
        """Read the current files. After an error, keep the old ones."""
        self.files = self._read()
        self._look_back()

    def changed_since(self, before: Mapping[str, SubmittedFile]) -> list[str]:
        """Return the exercises with changed answers, the latest save first."""
        changed = [name for name, file in self.files.items() if before.get(name) != file]
        return sorted(changed, key=self._saved_at, reverse=True)

    def latest(self) -> str | None:
        """Return the exercise that was saved last, preferably one that isn't done."""
        done = self.done()
        begun = [name for name in self.files if name not in done] or list(self.files)
        return max(begun, key=self._saved_at, default=None)

    def following(self, current: str | None) -> str | None:
        """Return the exercise to do next: a started one first, else the next in order."""
        done, wanted = self.done(), self._wanted or tuple(self.course.exercises)
        open_ones = [name for name in self.course.exercises if name in wanted and name not in done]
        others = [name for name in open_ones if name != current]
        return next((name for name in others if name in self.files), next(iter(others), None))

    def done(self) -> set[str]:
        """Return the exercises with nothing left to do."""
        done = {name for name, one in self._standings.items() if one.done and name not in self.results}
        return done | {name for name, result in self.results.items() if result.status == "met"}

    def score(self) -> Score:
        """Return the progress in the course."""
        reached = {name: one.reached for name, one in self._standings.items() if one.reached}
        earned = {name: one.score for name, one in reached.items()}
        judged = {name: one.max_score for name, one in reached.items()}
        met = {name for name, one in self._standings.items() if one.met}
        for name, result in self.results.items():
            earned[name], judged[name] = result.score, result.max_score
            met = met | {name} if result.status == "met" else met - {name}
        whole = progress.whole(self.course, judged)
        return Score(len(met), len(self.course.exercises), sum(earned.values()), whole)

    def trials(self, name: str) -> list[ReplayedCase]:
        """Return the cases that failed before. They run first."""
        return list(remembered_cases.recall(self.course, self.place).get(name, []))

    def take(self, result: ExerciseResult) -> None:
        """Store a result, here and in the learner's own folder."""
        self.results[result.id] = result
        progress.remember(self.course, self.place, [self.files[result.id]], [result])
        remembered_cases.keep(self.course, self.place, [result], tried=True)
        self._look_back()

    def next_hint(self, name: str) -> int:
        """Return the number of the first new hint, else of the last hint, or 0 if there are no hints."""
        return min(seen(self.course).hints.get(name, 0) + 1, len(self.course.exercises[name].hints))

    def path(self, name: str) -> Path:
        """Return the file with the learner's answer to an exercise."""
        return self.place if self.place.is_file() else self.place / self.files[name].source.filename

    def _read(self) -> dict[str, SubmittedFile]:
        try:
            found = read_submission(self.place, self.course, self._wanted).files
        except GraderError as error:
            if error.slug in NOTHING_YET and self.place.is_dir():
                return {}
            raise
        return {file.exercise: file for file in found}

    def _look_back(self) -> None:
        # This reads all answers, so do it after each change, not for each drawing of the screen.
        own = progress.is_learners(self.place, self.course)
        self._standings = progress.standings(self.course) if own else {}

    def _saved_at(self, name: str) -> float:
        try:
            return self.path(name).stat().st_mtime
        except OSError:
            return 0.0
