"""The sentences of a statement that promise or demand something, and the properties that check them.

They are the bullets under `## The task`; each ends with an arrow and the names: `→ `dtype`, `device``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ARROW = "→"
_TASK = "## The task"
_NAMES = re.compile(rf"{ARROW} (`\w+`(?:, `\w+`)*)$")


class Bullet(NamedTuple):
    """One bullet of a statement's task: where it begins, its text, and the properties that it names."""

    line: int
    text: str
    properties: tuple[str, ...]


def bullets(statement: str) -> Iterator[Bullet]:
    """Yield the bullets under each heading that begins with `The task`, in their order."""
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
