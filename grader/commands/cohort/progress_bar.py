"""How far a cohort is: a bar with the rate and the time left, or a line now and then where nobody watches."""

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
    """Submissions per second, of late."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


class Rate:
    """Counts what is done."""

    def __init__(self, total: int, console: Console) -> None:
        """Begin at nothing."""
        self.total = total
        self.counts = {"all correct": 0, "not all correct": 0, "kept": 0, "not tested": 0}
        self._console = console
        self._attended = True
        self._bar = Progress(
            TextColumn("judging"),
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
        """Count a submission that was judged now."""
        self._count("all correct" if met else "not all correct")

    def kept(self) -> None:
        """Count a submission whose report is still good."""
        self._count("kept")

    def refused(self) -> None:
        """Count a submission that can't be judged."""
        self._count("not tested")

    def attended(self, attended: bool) -> None:  # noqa: FBT001 - it is the subject
        """Say it once when nobody is left who judges, and once when somebody has come."""
        if attended != self._attended:
            said = "judging goes on" if attended else "no worker is left; waiting for one to come"
            self._console.print(said, highlight=False)
        self._attended = attended

    @property
    def done(self) -> int:
        """How many have been seen to."""
        return sum(self.counts.values())

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it away; say how far it came where it was interrupted."""
        self._bar.stop()
        if isinstance(error, KeyboardInterrupt):
            self._console.print(
                f"{self.done} of {self.total} submissions are done; the same command goes on from there",
                highlight=False,
            )

    def _count(self, what: str) -> None:
        before = self.done
        self.counts[what] += 1
        words = ", ".join(f"{count} {name}" for name, count in self.counts.items() if count)
        self._bar.update(self._task, advance=1, description=words)
        if not self._console.is_terminal and self.done * LINES // self.total > before * LINES // self.total:
            self._console.print(f"{self.done} of {self.total}: {words}", highlight=False)
