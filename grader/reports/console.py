"""A console for people: no spinner in a pipe, and an exception for a closed pipe."""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console, RenderableType
from rich.status import Status
from rich.style import StyleType


class ReadersConsole(Console):
    """A console that shows its spinner only in a terminal."""

    def status(
        self,
        status: RenderableType,
        *,
        spinner: str = "dots",
        spinner_style: StyleType = "status.spinner",
        speed: float = 1.0,
        refresh_per_second: float = 12.5,
    ) -> Status:
        """Return a spinner. In a pipe it stays silent, even with FORCE_COLOR."""
        watched = self.is_interactive and self.file.isatty()
        return Status(
            status,
            console=self if watched else Console(quiet=True),
            spinner=spinner,
            spinner_style=spinner_style,
            speed=speed,
            refresh_per_second=refresh_per_second,
        )

    def on_broken_pipe(self) -> NoReturn:
        """Raise an exception. The command line handles closed pipes in one place, for all commands."""
        raise BrokenPipeError
