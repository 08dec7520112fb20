"""`grade serve`: check again each time a file is saved, and show the results on the course's pages."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import webbrowser
from pathlib import Path

from rich.console import Console

from grader.course import Course
from grader.errors import UsageError
from grader.learner import learn
from grader.learner.file_watcher import saves
from grader.learner.serving.events import Board
from grader.learner.serving.web import HOST, Web
from grader.learner.state import kept_measurements
from grader.learner.watch_controller import WatchController
from grader.learner.watching import answers_in, end_by_signal, ready_of
from grader.reports.livepages import Known
from grader.service.runner_connection import RunOptions

MAX_BYTES = 64


def serve(
    submission: Path | None,
    course: Course,
    options: RunOptions,
    console: Console,
    *,
    port: int = 0,
    opens: bool = False,
) -> int:
    """Run until Ctrl-C."""
    answers = answers_in(submission, course, options.exercises)
    place = answers.place
    end_by_signal()
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(contextlib.closing(_listening(port)))
        board = Board(Known(learn.shown(place), loading=True))
        web = stack.enter_context(Web(course, board, listening, secrets.token_urlsafe(24)))
        console.print(web.address, soft_wrap=True, highlight=False)
        console.print(f"  checks each save in {learn.shown(place)}; press Ctrl-C to stop", style="dim")
        if opens:
            webbrowser.open(web.address)
        saved = stack.enter_context(saves(place if place.is_dir() else place.parent))
        desk = stack.enter_context(WatchController(answers, options))
        stack.callback(web.stop)
        Serving(desk, board).go(saved)
    return 0


class Serving:
    """Send the results of the controller to the pages."""

    def __init__(self, desk: WatchController, board: Board) -> None:
        """Connect the controller and the board."""
        self._desk = desk
        self._board = board
        self._given_up: set[str] = set()

    def go(self, saved: int) -> None:
        """Grade all answers, then each answer that is saved."""
        self._show()
        self._desk.load()
        self._desk.begin()
        self._go_on()
        while True:
            self._show()
            ready = ready_of([saved], self._desk)
            if saved in ready:
                os.read(saved, MAX_BYTES)
                self._given_up -= set(self._desk.reread() or ())
            elif self._desk.verdicts in ready and self._desk.hear():
                self._desk.go_on()
            if self._desk.wants_grader:
                self._show()
                self._desk.reload()
            self._go_on()

    def _go_on(self) -> None:
        """Grade the remaining answers one after the other: the pages show all of them."""
        desk = self._desk
        if desk.verdicts is not None:
            return
        if desk.trouble is not None and desk.current is not None:
            self._given_up.add(desk.current)
        done = desk.answers.results.keys() | self._given_up
        left = [name for name in desk.answers.files if name not in done]
        if left and desk.trouble is None:
            desk.judge(left[:1])

    def _show(self) -> None:
        desk = self._desk
        written = {name: file.source for name, file in desk.answers.files.items()}
        self._board.show(
            Known(
                where=learn.shown(desk.answers.place),
                written=written,
                results=dict(desk.answers.results),
                judging=desk.current if desk.verdicts is not None else None,
                ruled=tuple(desk.ruled),
                loading=desk.wants_grader,
                trouble=str(desk.trouble or ""),
                measured=kept_measurements.recall(desk.answers.place, written),
            )
        )


def _listening(port: int) -> socket.socket:
    """Return a socket that only this machine can reach."""
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        raise UsageError(
            "port",
            found=f"can't listen on port {port} ({error})",
            where="--port",
            expected="a free port from 1024 to 65535",
            remedy="omit --port: then a free port is chosen",
        ) from None
