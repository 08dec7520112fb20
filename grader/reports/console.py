"""The terminal that people read on: a console that knows when nobody watches it, and when nobody reads on."""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console, RenderableType
from rich.status import Status
from rich.style import StyleType


class ReadersConsole(Console):
    """A console whose spinner turns only where somebody sees it."""

    def status(
        self,
        status: RenderableType,
        *,
        spinner: str = "dots",
        spinner_style: StyleType = "status.spinner",
        speed: float = 1.0,
        refresh_per_second: float = 12.5,
    ) -> Status:
        """Return what shows that work goes on; in a pipe nothing moves, though FORCE_COLOR colours it."""
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
        """Leave it to the command line, which ends every verb alike."""
        raise BrokenPipeError
