"""The promises and demands of an exercise's README, and the tests that check them.

They are the bullets under `## The task`. Each ends with an arrow and the names of tests:
`→ `dtype`, `device``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ARROW = "→"
_TASK = "## The task"
_NAMES = re.compile(rf"{ARROW} (`\w+`(?:, `\w+`)*)$")


class Bullet(NamedTuple):
    """One bullet of the task: its first line, its text, and the tests that it names."""

    line: int
    text: str
    properties: tuple[str, ...]


def bullets(statement: str) -> Iterator[Bullet]:
    """Yield the bullets under each heading that begins with `The task`, in order."""
    in_task = False
    lines = statement.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("## "):
            in_task = line.startswith(_TASK)
        if in_task and line.startswith("- "):
            parts = [line[2:]]
            for following in lines[place + 1 :]:
                if not following.startswith("  "):
                    break
                parts.append(following.strip())
            text = " ".join(parts).rstrip()
            named = _NAMES.search(text)
            names = re.findall(r"\w+", named[1]) if named else []
            yield Bullet(place + 1, text, tuple(names))
