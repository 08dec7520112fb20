"""`grade watch`: judge again whenever a file is saved, and show the first thing to do."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from rich.console import Console
from rich.text import Text

from grader.commands import listing, progress, reading, remembered
from grader.commands.grade import RunOptions, choose_seed, job_of
from grader.commands.keyboard import Keyboard, keyboard, signals
from grader.commands.saves import saves
from grader.commands.screen import Reached, Screen
from grader.commands.warm import Verdicts, WarmGrader
from grader.course import Course
from grader.errors import GraderError
from grader.records import ExerciseResult, NearFinished, Property, Trial
from grader.reports import terminal
from grader.sandbox.sources import SubmittedFile, read_submission

NOTHING_YET = {"empty-submission", "no-answer"}
ENDED_BY = 128
Page = Callable[[Console], object]


def watch(submission: Path | None, course: Course, options: RunOptions, console: Console) -> int:
    """Go on until the learner quits."""
    place = submission or course.learners_folder
    if submission is None:
        # Where it can't be made, reading it says so.
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
    read_files(place, course, options)
    with contextlib.ExitStack() as stack:
        signal.signal(signal.SIGTERM, _end)
        signal.signal(signal.SIGHUP, _end)
        live = console.is_terminal and sys.stdin.isatty()
        board = stack.enter_context(keyboard()) if live else None
        woken = stack.enter_context(signals(signal.SIGWINCH, signal.SIGCONT))
        screen = Screen(console, live=live)
        stack.callback(screen.leave)
        saved = stack.enter_context(saves(place if place.is_dir() else place.parent))
        watching = Watch(place, course, options, screen)
        watching.show()
        grader = stack.enter_context(WarmGrader(course, options, choose_seed(options.seed, course)))
        grader.opened()
        return watching.go(grader, board, saved, woken)


def read_files(place: Path, course: Course, options: RunOptions) -> dict[str, SubmittedFile]:
    """Return the answers that are there by now, by exercise."""
    try:
        return {file.exercise: file for file in read_submission(place, course, options.exercises).files}
    except GraderError as error:
        if error.slug in NOTHING_YET and place.is_dir():
            return {}
        raise


class Watch:
    """What is watched, what is being judged, and what the learner sees of it."""

    def __init__(self, place: Path, course: Course, options: RunOptions, screen: Screen) -> None:
        """Take the folder or file to watch, and where to show what is found."""
        self._place = place
        self._course = course
        self._options = options
        self._screen = screen
        self._own = progress.is_learners(place, course)
        self._grader: WarmGrader | None = None
        self._files: dict[str, SubmittedFile] = {}
        self._results: dict[str, ExerciseResult] = {}
        self._waiting: list[str] = []
        self._current: str | None = None
        self._verdicts: Verdicts | None = None
        self._ruled: list[Property] = []
        self._tried: list[Trial] = []
        self._trouble: GraderError | None = None
        self._page: Page | None = None
        self._everything = False
        self._hint = 0

    def go(self, grader: WarmGrader, board: Keyboard | None, saved: int, woken: int) -> int:
        """Serve keys, saves and verdicts, whichever comes first."""
        self._grader = grader
        self._begin()
        with contextlib.closing(selectors.DefaultSelector()) as selector:
            for source in (one for one in (board, saved, woken) if one is not None):
                selector.register(source, selectors.EVENT_READ)
            while True:
                hearing = self._verdicts
                if hearing is not None:
                    selector.register(hearing, selectors.EVENT_READ)
                ready = [key.fileobj for key, _ in selector.select()]
                if hearing is not None:
                    selector.unregister(hearing)
                if board in ready and board is not None and not all(map(self._press, board.keys())):
                    return 0
                if woken in ready:
                    self._wake(os.read(woken, 64), board)
                if saved in ready:
                    os.read(saved, 64)
                    self._reread()
                elif hearing in ready and hearing is not None and hearing is self._verdicts:
                    self._hear(hearing)

    def show(self) -> None:
        """Draw what there is to see; what can't be drawn over is shown when it is whole."""
        if not self._screen.live and self._verdicts is not None:
            return
        self._screen.draw(self._reached(), self._body, self._status(), self._keys())

    def _status(self) -> str:
        """Return what was judged and how long it took."""
        result = self._results.get(self._current or "")
        if result is None or self._trouble is not None:
            return ""
        return f"{reading.shown(self._path(result.id))}, judged in {result.duration:.1f} s"

    def _keys(self) -> str:
        """Return the last line: what the keys do now."""
        hints = len(self._course.exercises[self._current].hints) if self._current else 0
        hint = f"hint {min(self._hint + 1, hints)} of {hints}" if hints else "hint"
        back = "enter back" if self._page else "a only the first" if self._everything else "a all"
        words = [f"h {hint}", "s statement", back, "l list", "n next", "r again", "q quit"]
        line = "   ".join(words)
        return line if len(line) < self._screen.width else "h hint  s show  a all  l list  n next  q quit"

    def _begin(self) -> None:
        """Judge what is begun and not done, the latest save first."""
        self._files = self._read()
        done = self._done()
        begun = [name for name in self._files if name not in done] or list(self._files)
        latest = sorted(begun, key=self._saved_at)[-1:]
        self._judge(latest)

    def _reread(self) -> None:
        """Judge what was saved since; what is the same as before is nothing new."""
        before, self._files = self._files, self._read()
        changed = [name for name, file in self._files.items() if before.get(name) != file]
        if self._current is not None and self._current not in self._files:
            self._drop()
            self._current = None
        if changed:
            self._page = None
            self._judge(sorted(changed, key=self._saved_at, reverse=True))
        elif before.keys() != self._files.keys() or self._trouble:
            self.show()

    def _read(self) -> dict[str, SubmittedFile]:
        self._trouble = None
        try:
            return read_files(self._place, self._course, self._options)
        except GraderError as error:
            self._trouble = error
            return self._files

    def _judge(self, names: list[str]) -> None:
        """Judge these, one after the other; what is being judged is dropped."""
        self._drop()
        self._waiting = names
        if not names or self._grader is None:
            self.show()
            return
        name = self._waiting.pop(0)
        if name != self._current:
            self._hint, self._everything = 0, False
        self._current, self._ruled = name, []
        self._results.pop(name, None)
        self._tried = list(remembered.recall(self._course, self._place).get(name, []))
        job = msgspec.structs.replace(job_of(self._files[name]), remembered=self._tried)
        try:
            self._verdicts = self._grader.judge(job)
        except GraderError as error:
            self._trouble = error
        self._screen.to_top()
        self.show()

    def _drop(self) -> None:
        if self._verdicts is not None:
            self._verdicts.hang_up()
            self._verdicts = None

    def _hear(self, verdicts: Verdicts) -> None:
        """Take in what was found next."""
        try:
            message = verdicts.hear()
        except GraderError as error:
            self._drop()
            self._trouble = error
            self.show()
            return
        if isinstance(message, NearFinished):
            self._drop()
            self._finish(message.result)
            if self._waiting:
                self._judge(self._waiting)
                return
        else:
            ruled = message.result
            # The same property may come again, with more to say.
            self._ruled = [one for one in self._ruled if (one.id, one.device) != (ruled.id, ruled.device)]
            self._ruled.append(ruled)
        self.show()

    def _finish(self, result: ExerciseResult) -> None:
        self._results[result.id] = result
        progress.remember(self._course, self._place, [self._files[result.id]], [result])
        remembered.keep(self._course, self._place, [result], tried=True)

    def _press(self, key: str) -> bool:
        """Do what a key asks for; say whether to go on."""
        if key == "q":
            return False
        if self._screen.scroll(key):
            self.show()
            return True
        self._screen.to_top()
        acts = {
            "h": self._next_hint,
            "s": self._statement,
            "l": self._list,
            "n": self._next,
            "r": self._again,
        }
        if key == "a":
            self._everything, self._page = not self._everything or self._page is not None, None
        elif key in acts:
            acts[key]()
        elif key == "back":
            self._page = None
        self.show()
        return True

    def _next_hint(self) -> None:
        if (name := self._current) is not None:
            self._hint = min(self._hint + 1, len(self._course.exercises[name].hints))
            self._page = lambda console: reading.hint(self._course, name, self._hint, console)

    def _statement(self) -> None:
        if (name := self._current) is not None:
            self._page = lambda console: reading.show(self._course, name, console)

    def _list(self) -> None:
        self._page = lambda console: listing.list_exercises(self._course, console)

    def _again(self) -> None:
        if self._current is not None:
            self._page = None
            self._judge([self._current])

    def _next(self) -> None:
        """Turn to the next exercise; one that isn't begun is begun."""
        self._page = None
        name = self._following()
        if name is None:
            return
        if name in self._files:
            self._judge([name])
        elif self._place.is_dir():
            try:
                reading.start(self._course, name, self._place, Console(quiet=True))
            except GraderError as error:
                self._trouble = error
            else:
                self._reread()

    def _following(self) -> str | None:
        """Return what to do after the current exercise: what is begun first, then what comes next."""
        done = self._done()
        wanted = self._options.exercises or tuple(self._course.exercises)
        open_ones = [one for one in self._course.exercises if one in wanted and one not in done]
        open_ones = [one for one in open_ones if one != self._current]
        return next((one for one in open_ones if one in self._files), next(iter(open_ones), None))

    def _done(self) -> set[str]:
        """Return the exercises in which nothing is left to do."""
        standings = progress.standings(self._course) if self._own else {}
        done = {name for name, one in standings.items() if one.done and name not in self._results}
        return done | {name for name, result in self._results.items() if result.status == "met"}

    def _path(self, name: str) -> Path:
        return self._place if self._place.is_file() else self._place / self._files[name].filename

    def _saved_at(self, name: str) -> float:
        try:
            return self._path(name).stat().st_mtime
        except OSError:
            return 0.0

    def _reached(self) -> Reached:
        standings = progress.standings(self._course) if self._own else {}
        earned = {name: one.reached.score for name, one in standings.items() if one.reached}
        met = {name for name, one in standings.items() if one.met}
        for name, result in self._results.items():
            earned[name] = result.score
            met = met | {name} if result.status == "met" else met - {name}
        exercises = self._course.exercises.values()
        return Reached(len(met), len(exercises), sum(earned.values()), sum(one.points for one in exercises))

    def _body(self, console: Console) -> None:
        if self._grader is None:
            console.print(f"watching {reading.shown(self._place)}; importing torch ...")
        elif self._page is not None:
            self._page(console)
        elif self._trouble is not None:
            console.print(Text(str(self._trouble), "red"))
        elif self._current is None:
            following = self._following()
            console.print(f"Nothing is begun in {reading.shown(self._place)} yet.", soft_wrap=True)
            console.print(f"n begins {following}; or save an answer there." if following else "")
        else:
            self._exercise(self._current, console)

    def _exercise(self, name: str, console: Console) -> None:
        result, file = self._results.get(name), self._files[name]
        if result is None:
            exercise = self._course.exercises[name]
            terminal.show_so_far(exercise.id, exercise.title, self._ruled, console, file.written)
        else:
            asides = remembered.asides(self._course, self._place, result, self._tried)
            only_first = self._screen.live and not self._everything
            terminal.show_exercise(result, console, file.written, asides, only_first=only_first)
        if result is not None and result.status == "met":
            self._what_next(console)

    def _what_next(self, console: Console) -> None:
        following = self._following()
        console.print()
        if following is None:
            console.print("Nothing is left to do.", style="green")
        else:
            title = self._course.exercises[following].title
            console.print(f"  Next is {following}: {title}. n turns to it.", style="green", soft_wrap=True)

    def _wake(self, numbers: bytes, board: Keyboard | None) -> None:
        """Draw anew for a window of another size, or after a stop, which has let the terminal go."""
        if board is not None and signal.SIGCONT in numbers:
            board.grab()
        if numbers:
            self._screen.afresh()
            self.show()


def _end(number: int, frame: object) -> None:
    """Leave by the way that puts the terminal in order."""
    del frame
    raise SystemExit(ENDED_BY + number)
