"""Progress of a cohort: a bar with the rate and the time left. Without a terminal: a few lines."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

LINES = 10


class _PerSecond(ProgressColumn):
    """Submissions per second, recent average."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


class Rate:
    """Count the finished submissions and show the progress."""

    def __init__(self, total: int, console: Console) -> None:
        """Start with no finished submissions."""
        self.total = total
        self.counts = {"all correct": 0, "not all correct": 0, "kept": 0, "not tested": 0}
        self._console = console
        self._attended = True
        self._bar = Progress(
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            _PerSecond(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=total)

    def judged(self, *, met: bool) -> None:
        """Count a submission that was just graded."""
        self._count("all correct" if met else "not all correct")

    def kept(self) -> None:
        """Count a submission with a report that is still valid."""
        self._count("kept")

    def refused(self) -> None:
        """Count a submission that can't be graded."""
        self._count("not tested")

    def attended(self, attended: bool) -> None:  # noqa: FBT001 - it is the subject
        """Print a message once when all workers are gone, and once when one returns."""
        if attended != self._attended:
            said = (
                "A worker is back: grading continues." if attended else "No worker is left. Waiting for one."
            )
            self._console.print(said, highlight=False)
        self._attended = attended

    @property
    def done(self) -> int:
        """The number of finished submissions."""
        return sum(self.counts.values())

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the bar. After an interruption, print the progress."""
        self._bar.stop()
        if isinstance(error, KeyboardInterrupt):
            self._console.print(
                f"{self.done} of {self.total} submissions are done. Run the same command again to resume.",
                highlight=False,
            )

    def _count(self, what: str) -> None:
        before = self.done
        self.counts[what] += 1
        words = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
        self._bar.update(self._task, advance=1, description=words)
        if not self._console.is_terminal and self.done * LINES // self.total > before * LINES // self.total:
            self._console.print(f"{self.done} of {self.total}: {words}", highlight=False)
