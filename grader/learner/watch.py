"""`grade watch`: check again each time a file is saved, and show what to fix first."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.course import Course
from grader.learner import lab_address, learn, listing
from grader.learner.file_watcher import saves
from grader.learner.keyboard import Keyboard, keyboard, signals
from grader.learner.screen import Screen
from grader.learner.state import remembered_cases
from grader.learner.state.shown import remember_hint
from grader.learner.watch_controller import WatchController
from grader.learner.watching import answers_in, end_by_signal, ready_of
from grader.reports import terminal
from grader.service.runner_connection import RunOptions

MAX_BYTES = 64
Page = Callable[[Console], object]


def watch(submission: Path | None, course: Course, options: RunOptions, console: Console) -> int:
    """Run until the learner quits."""
    answers = answers_in(submission, course, options.exercises)
    place = answers.place
    end_by_signal()
    with contextlib.ExitStack() as stack:
        live = console.is_terminal and sys.stdin.isatty()
        board = stack.enter_context(keyboard()) if live else None
        woken = stack.enter_context(signals(signal.SIGWINCH, signal.SIGCONT))
        screen = Screen(console, live=live)
        stack.callback(screen.leave)
        saved = stack.enter_context(saves(place if place.is_dir() else place.parent))
        watching = Watch(stack.enter_context(WatchController(answers, options)), screen)
        return watching.go(board, saved, woken)


class Watch:
    """Show the state of the watch controller and handle the keys."""

    def __init__(self, desk: WatchController, screen: Screen) -> None:
        """Connect the controller and the screen."""
        self._desk = desk
        self._answers = desk.answers
        self._course = desk.answers.course
        self._screen = screen
        self._page: Page | None = None
        self._everything = False
        self._shown: str | None = None

    def go(self, board: Keyboard | None, saved: int, woken: int) -> int:
        """Handle keys, saves and verdicts as they come."""
        self._show()
        self._desk.load()
        self._desk.begin()
        self._show()
        sources = [one for one in (board, saved, woken) if one is not None]
        while True:
            ready = ready_of(sources, self._desk)
            if board in ready and board is not None and not all(map(self._press, board.keys())):
                return 0
            if woken in ready:
                self._wake(os.read(woken, MAX_BYTES), board)
            if saved in ready:
                os.read(saved, MAX_BYTES)
                self._reread()
            elif self._desk.verdicts is not None and self._desk.verdicts in ready:
                self._hear()
            if self._desk.wants_grader:
                self._desk.reload()
                self._show()

    def _reread(self) -> None:
        changed = self._desk.reread()
        if changed:
            self._page = None
            self._screen.to_top()
        if changed is not None:
            self._show()

    def _hear(self) -> None:
        finished = self._desk.hear()
        self._show()
        if finished and self._desk.go_on():
            self._screen.to_top()
            self._show()

    def _press(self, key: str) -> bool:
        """Handle a key. Return False to quit."""
        if key == "q":
            return False
        if self._screen.scroll(key):
            self._show()
            return True
        self._screen.to_top()
        acts = {
            "h": self._hint,
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
        self._show()
        return True

    def _hint(self) -> None:
        if (name := self._desk.current) is not None and (number := self._answers.next_hint(name)):
            remember_hint(self._course, name, number)
            exercise = self._course.exercises[name]
            self._page = lambda console: learn.print_hint(exercise, number, console)

    def _statement(self) -> None:
        if (name := self._desk.current) is not None:
            self._page = lambda console: learn.show(self._course, name, console)

    def _list(self) -> None:
        self._page = lambda console: listing.list_exercises(self._course, console)

    def _again(self) -> None:
        if self._desk.current is not None:
            self._page = None
            self._desk.again()

    def _next(self) -> None:
        self._page = None
        self._desk.turn()

    def _wake(self, numbers: bytes, board: Keyboard | None) -> None:
        """Redraw after a resize, or after the process was stopped.

        Stopping the process releases the terminal.
        """
        if board is not None and signal.SIGCONT in numbers:
            board.grab()
        if numbers:
            self._screen.afresh()
            self._show()

    def _show(self) -> None:
        """Draw the screen. Without a live terminal, print only complete results."""
        if self._desk.current != self._shown:
            self._shown, self._everything = self._desk.current, False
        if not self._screen.live and self._desk.verdicts is not None:
            return
        self._screen.draw(self._answers.score(), self._body, self._status(), self._keys())

    def _status(self) -> str:
        """Return what was checked and how long it took."""
        result = self._desk.result
        if result is None or self._desk.trouble is not None:
            return ""
        path = learn.shown(self._answers.path(result.id))
        return f"{path}, checked in {result.duration:.1f} s"

    def _keys(self) -> str:
        """Return the last line: what each key does now."""
        current = self._desk.current
        hints = len(self._course.exercises[current].hints) if current else 0
        hint = f"hint {self._answers.next_hint(current)} of {hints}" if current and hints else "hint"
        back = "enter back" if self._page else "a only the first" if self._everything else "a all"
        words = [f"h {hint}", "s statement", back, "l list", "n next", "r again", "q quit"]
        line = "   ".join(words)
        return line if len(line) < self._screen.width else "h hint  s show  a all  l list  n next  q quit"

    def _body(self, console: Console) -> None:
        where = learn.shown(self._answers.place)
        if self._desk.wants_grader:
            lost = "" if self._desk.current is None else "the grading process crashed; "
            console.print(f"{lost}watching {where}; importing torch ...", soft_wrap=True)
        elif self._page is not None:
            self._page(console)
        elif self._desk.trouble is not None:
            console.print(Text(str(self._desk.trouble), "red"))
        elif self._desk.current is None:
            following = self._answers.following(None)
            console.print(f"Welcome! {where} has no answer yet.", soft_wrap=True)
            console.print(f"Press n to start {following}. It creates a file in {where}." if following else "")
        else:
            self._exercise(self._desk.current, console)

    def _exercise(self, name: str, console: Console) -> None:
        desk, written = self._desk, self._answers.files[name].source
        if desk.reloaded:
            console.print(Text("The grading process crashed and was restarted.", "yellow"))
        result = desk.result
        if result is None:
            title = self._course.exercises[name].title
            terminal.show_so_far(name, title, desk.ruled, console, written)
            return
        asides = remembered_cases.asides(
            self._course, self._answers.place, result, desk.tried, lab_address.laboratory(self._course)
        )
        only_first = self._screen.live and not self._everything
        terminal.show_exercise(result, console, written, asides, only_first=only_first)
        if result.status == "met":
            self._what_next(console)

    def _what_next(self, console: Console) -> None:
        following = self._answers.following(self._desk.current)
        console.print()
        if following is None:
            console.print("You have finished all exercises.", style="green")
        else:
            title = self._course.exercises[following].title
            console.print(f"  Next is {following}: {title}. Press n to go on.", style="green", soft_wrap=True)
