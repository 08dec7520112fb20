"""A trial: a command that grades submissions, its cost, and the resulting scores."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

METER = Path(__file__).with_name("meter.py")


class Unfit(Exception):
    """A tool can't be installed or run here, or its scores are wrong."""


@dataclass(frozen=True)
class Trial:
    """A command, its folder, its output files, and how to read the scores from the files or its output.

    A score is the fraction of the points that a submission got.
    """

    command: list[str]
    folder: Path
    scores: Callable[[str], list[float]]
    leaves: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def taken(self, what: str, wanted: list[float]) -> float:
        """Run the command once, check the scores, and return its CPU seconds or its memory in MiB."""
        self._clear()
        result = self.folder / "taken.json"
        command = [sys.executable, str(METER), what, str(result), *self.command]
        said = self.output_of(command)
        found = self._scores(said)
        if found != wanted:
            raise Unfit(f"scored {found} instead of {wanted}: {last_line(said)}")
        return float(json.loads(result.read_text(encoding="utf-8")))

    def output_of(self, command: list[str]) -> str:
        """Run a command in the trial's environment and return its output."""
        # One thread each, without settings from the home folder and without other pytest plugins.
        alike = {"OMP_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "HOME": str(self.folder)}
        ended = subprocess.run(  # noqa: S603
            command,
            cwd=self.folder,
            env={**os.environ, **alike, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        said = ended.stdout + ended.stderr
        if ended.returncode != 0:
            raise Unfit(f"`{' '.join(command)}` ended with {ended.returncode}: {last_line(said)}")
        return said

    def _clear(self) -> None:
        """Remove the results of the previous run, so that they can't be read as the scores of this one."""
        left = self.folder / self.leaves
        if self.leaves and left.is_dir():
            shutil.rmtree(left)
        elif self.leaves:
            left.unlink(missing_ok=True)

    def _scores(self, said: str) -> list[float]:
        if not (self.folder / self.leaves).exists():
            raise Unfit(f"left no {self.leaves}: {last_line(said)}")
        try:
            return self.scores(said)
        except (ValueError, LookupError, ZeroDivisionError) as error:
            raise Unfit(f"left no score ({error!r}): {last_line(said)}") from error


def last_line(said: str) -> str:
    """Return the last non-empty line of a command's output."""
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
