"""The screen of `grade watch`: progress in the course, one exercise, and the keys."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from grader.learner.workspace import Score
from grader.reports.wording import points

CLEAR = "\x1b[2J"
HOME = "\x1b[H"
REST_OF_LINE = "\x1b[K"
REST = "\x1b[J"
BAR = 24
NARROW = 60


class Screen:
    """Redraw the whole terminal. Without a terminal, print only what is new."""

    def __init__(self, console: Console, *, live: bool) -> None:
        """Store the console and whether it is a terminal that can be redrawn."""
        self.live = live
        self._console = console
        self._blank = True
        self._offset = 0
        self._page = 1

    def draw(self, score: Score, body: Callable[[Console], object], status: str, keys: str) -> None:
        """Show the progress bar, the part of `body`'s output that fits, the status, and the keys."""
        if not self.live:
            body(self._console)
            self._console.print(f"\n{status}" if status else "", soft_wrap=True)
            return
        with self._console.capture() as captured:
            body(self._console)
        lines = captured.get().strip("\n").split("\n")
        head = self._rendered(self._bar(score))
        foot = [line for text in (status, keys) for line in self._rendered(Text(text, "dim"))]
        self._page = max(1, self._console.height - len(head) - len(foot) - 2)
        self._offset = max(0, min(self._offset, len(lines) - self._page))
        shown = lines[self._offset : self._offset + self._page]
        more = len(lines) - self._offset - len(shown)
        mark = self._rendered(Text(f"({more} more lines: press down)", "dim")) if more else [""]
        self._write([*head, "", *shown, *mark, *foot])

    @property
    def width(self) -> int:
        """The number of columns."""
        return self._console.width

    def scroll(self, key: str) -> bool:
        """Scroll. Return whether the key is a scroll key."""
        steps = {"up": -1, "down": 1, "page up": 1 - self._page, "page down": self._page - 1}
        if key in {"home", "end"}:
            self._offset = 0 if key == "home" else sys.maxsize
        elif key in steps:
            self._offset = max(0, self._offset + steps[key])
        else:
            return False
        return True

    def to_top(self) -> None:
        """Show the next body from its top."""
        self._offset = 0

    def afresh(self) -> None:
        """Clear the terminal before the next drawing, because something else changed it."""
        self._blank = True

    def leave(self) -> None:
        """Keep the screen content and put the cursor below it."""
        if self.live and not self._blank:
            self._console.file.write("\n")
            self._console.file.flush()

    def _bar(self, score: Score) -> Text:
        plain = not (self._console.encoding or "").lower().startswith("utf")
        full, empty = ("#", ".") if plain else ("█", "░")
        width = BAR if self._console.width >= NARROW else BAR // 2
        done = round(width * score.score / score.max_score) if score.max_score else 0
        words = f"{score.met} of {score.exercises} exercises correct"
        earned = f"{points(score.score)} of {points(score.max_score)} points"
        return Text.assemble((full * done, "green"), (empty * (width - done), "dim"), f"  {words}, {earned}")

    def _rendered(self, text: Text) -> list[str]:
        with self._console.capture() as captured:
            self._console.print(text, no_wrap=True, overflow="ellipsis")
        return captured.get().rstrip("\n").split("\n")

    def _write(self, lines: list[str]) -> None:
        """Draw over the old content: clearing first would flicker."""
        start = CLEAR + HOME if self._blank else HOME
        self._blank = False
        self._console.file.write(start + "\n".join(line + REST_OF_LINE for line in lines) + REST)
        self._console.file.flush()
