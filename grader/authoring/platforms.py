"""The platforms that `grade pack` supports. Each packer is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from grader.authoring.pack import PackOptions
    from grader.course import Course


@dataclass(frozen=True)
class Platform:
    """A platform: the function in `pack` that writes its package, and the default output path."""

    packer: str
    output: str

    def pack(self, course: Course, options: PackOptions, out: Path, console: Console) -> int:
        """Write the package for the platform."""
        from grader.authoring import pack  # noqa: PLC0415 - the command line lists platforms and packs seldom

        written: int = getattr(pack, self.packer)(course, options, out, console)
        return written


PLATFORMS: Mapping[str, Platform] = {
    "gradescope": Platform("gradescope", "autograder.zip"),
    "classroom50": Platform("classroom50", "autograder"),
}
