"""Grade answers as they are saved. Keeps the current job and its results so far.

It draws nothing. The caller waits until `verdicts` is readable and then calls `hear`.
"""

from __future__ import annotations

import contextlib
from types import TracebackType
from typing import Self

import msgspec
from rich.console import Console

from grader.errors import GraderError
from grader.learner import learn
from grader.learner.workspace import Answers
from grader.protocol import ReplayedCase, RunnerFinished
from grader.report_model import ExerciseResult, Property
from grader.service.grading import choose_seed, job_of
from grader.service.runner_client import Verdicts, WarmGrader
from grader.service.runner_connection import RunOptions

LOST = "near-side"


class WatchController:
    """One learner's answers and a warm grader, which grades one exercise at a time."""

    def __init__(self, answers: Answers, options: RunOptions) -> None:
        """Store the answers and the options. Call `load` before grading anything."""
        self.answers = answers
        self.current: str | None = None
        self.ruled: list[Property] = []
        self.tried: list[ReplayedCase] = []
        self.trouble: GraderError | None = None
        self.verdicts: Verdicts | None = None
        self.reloaded = False
        self._options = options
        self._seed = choose_seed(options.seed, answers.course)
        self._waiting: list[str] = []
        self._wanting = True
        self._grader: WarmGrader | None = None
        self._stack = contextlib.ExitStack()

    @property
    def wants_grader(self) -> bool:
        """Whether `load` is needed: at the beginning, and after the grader was lost."""
        return self._wanting

    @property
    def result(self) -> ExerciseResult | None:
        """The result of the current exercise, once it is graded."""
        return self.answers.results.get(self.current or "")

    def load(self) -> None:
        """Import torch and the course, which takes a while. Raise the error if that fails."""
        self._wanting = False
        self._let_go()
        grader = self._stack.enter_context(WarmGrader(self.answers.course, self._options, self._seed))
        grader.opened()
        self._grader = grader

    def reload(self) -> None:
        """Replace a lost grader and continue with its job."""
        self.reloaded = True
        try:
            self.load()
        except GraderError as error:
            self.trouble = error
        else:
            self.go_on()

    def begin(self) -> None:
        """Grade the answer that was saved last."""
        self._read()
        latest = self.answers.latest()
        self.judge([latest] if latest else [])

    def reread(self) -> list[str] | None:
        """Read the answers again, grade the changed ones, and return their names.

        Return None if there is nothing new to show.
        """
        before, trouble = self.answers.files, self.trouble
        self._read()
        files = self.answers.files
        if self.current is not None and self.current not in files:
            self.drop()
            self.current = None
        changed = self.answers.changed_since(before)
        if changed:
            self.judge(changed)
        is_news = changed or before.keys() != files.keys() or trouble or self.trouble
        return changed if is_news else None

    def judge(self, names: list[str]) -> None:
        """Grade these exercises one after the other. Drop the running job."""
        self.drop()
        self.reloaded = False
        self._waiting = list(names)
        self.go_on()

    def go_on(self) -> bool:
        """Start the next waiting exercise. Return whether there was one."""
        if not self._waiting:
            return False
        if self._grader is None:
            self._wanting = True
            return True
        self.current = name = self._waiting.pop(0)
        self.ruled = []
        self.answers.results.pop(name, None)
        self.tried = self.answers.trials(name)
        job = msgspec.structs.replace(job_of(self.answers.files[name]), remembered=self.tried)
        try:
            self.verdicts = self._grader.judge(job)
        except GraderError as error:
            self._fail(error)
        return True

    def again(self) -> None:
        """Grade the current exercise once more."""
        if self.current is not None:
            self.judge([self.current])

    def turn(self) -> None:
        """Go to the next exercise. Start it if the learner hasn't started it."""
        name = self.answers.following(self.current)
        if name is None:
            return
        if name in self.answers.files:
            self.judge([name])
        elif self.answers.place.is_dir():
            try:
                learn.start(self.answers.course, name, self.answers.place, Console(quiet=True))
            except GraderError as error:
                self.trouble = error
            else:
                self.reread()

    def hear(self) -> bool:
        """Read the next message. Return whether the exercise is finished."""
        assert self.verdicts is not None
        try:
            message = self.verdicts.hear()
        except GraderError as error:
            self._fail(error)
            return False
        if isinstance(message, RunnerFinished):
            self.drop()
            self.answers.take(message.result)
            return True
        ruled = message.result
        # The same test may come again with more detail.
        others = [one for one in self.ruled if (one.id, one.device) != (ruled.id, ruled.device)]
        self.ruled = [*others, ruled]
        return False

    def drop(self) -> None:
        """Drop the running job."""
        if self.verdicts is not None:
            self.verdicts.hang_up()
            self.verdicts = None

    def _read(self) -> None:
        self.trouble = None
        try:
            self.answers.read()
        except GraderError as error:
            self.trouble = error

    def _fail(self, error: GraderError) -> None:
        """Store the error. Replace a lost grader, but only once per answer."""
        self.drop()
        if error.slug != LOST:
            self.trouble = error
            return
        self._grader = None
        if self.reloaded or self.current is None:
            self.trouble = error
            return
        self._waiting.insert(0, self.current)
        self._wanting = True

    def _let_go(self) -> None:
        self._grader = None
        self._stack.close()

    def __enter__(self) -> Self:
        """Return self. The `with` statement closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop the running job and close the grader."""
        self.drop()
        self._let_go()
