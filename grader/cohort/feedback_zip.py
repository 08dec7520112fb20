"""Packs the learners' pages for the platforms' own import of feedback files.

Moodle reads participant and plugin from the folder's name: `Ana Lovelace_5513_assignsubmission_file_`.
https://github.com/moodle/moodle/blob/main/public/mod/assign/feedback/file/importziplib.php

Canvas takes the first two numbers between underscores as the user and the attachment:
`lovelaceana_LATE_4711_90001_feedback.html`, or after `anon` a code and the attachment.
https://github.com/instructure/canvas-lms/blob/master/app/models/abstract_assignment.rb
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from grader.cohort.folder_scan import CohortEntry

# Moodle splits a name into five parts: the name, the number, two for the plugin, and the rest.
PARTS = 5
PLUGIN = "assignsubmission"
# The earliest time that a zip file can contain. The real time would change the file in each run.
NEVER = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644
UNIX = 3
_CANVAS = re.compile(
    r"(?P<name>anon|[^_]*)(?P<ids>(?:_LATE)?_(?:[0-9]+|[A-Za-z0-9]{5})_(?P<attachment>[0-9]+))_.+"
)


def in_moodle(entry: CohortEntry, suffix: str) -> str | None:
    """Return the page's path in Moodle's zip file, or None if the submission isn't from Moodle."""
    for member in entry.members:
        *folders, last = PurePosixPath(member).parts
        for folder in folders:
            if _participant(folder):
                return f"{folder}/feedback{suffix}"
        if own := _participant(last):
            return f"{own}/feedback{suffix}"
    return None


def _participant(name: str) -> str:
    """Return the name of the participant's folder, or "" if the name contains none."""
    parts = name.split("_", PARTS - 1)
    whole = len(parts) >= PARTS - 1 and re.fullmatch("[0-9]+", parts[1]) and parts[2] == PLUGIN
    return f"{'_'.join(parts[: PARTS - 1])}_" if whole else ""


def in_canvas(entry: CohortEntry, suffix: str) -> str | None:
    """Return the page's name in Canvas's zip file, or None if the submission isn't from Canvas."""
    found = [_CANVAS.fullmatch(PurePosixPath(member).name) for member in entry.members]
    latest = max(filter(None, found), key=lambda one: int(one["attachment"]), default=None)
    if latest is None:
        return None
    # Canvas would take a name of digits for the user's number.
    name = f"user{latest['name']}" if re.fullmatch("[0-9]+", latest["name"]) else latest["name"]
    return f"{name}{latest['ids']}_feedback{suffix}"


# The zip file for each layout, and how it names a page.
ZIPS: Mapping[str, tuple[str, Callable[[CohortEntry, str], str | None]]] = {
    "moodle": ("feedback-moodle.zip", in_moodle),
    "canvas": ("feedback-canvas.zip", in_canvas),
}


def packed(pages: Mapping[str, Path]) -> bytes:
    """Return a zip file with these files under these names. The same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, path in sorted(pages.items()):
            entry = zipfile.ZipInfo(name, NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = READABLE << 16
            archive.writestr(entry, path.read_bytes())
    return content.getvalue()
