"""Moodle: the zip file of “Download all submissions”, with or without a folder per participant.

`Ana Lovelace_5513_assignsubmission_file_/…`: the participant's name, the number in this assignment, the
plugin that stores the files. Since Moodle 4.1 the last underscore is missing.
https://github.com/moodle/moodle/blob/main/public/mod/assign/feedback/file/importziplib.php
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from grader.cohort.download import Download, LeftOut
from grader.cohort.layouts.download_layout import Layout, Piece, below, mostly, tops
from grader.report_model import Learner

_ENTRY = re.compile(
    r"(?P<unit>(?P<name>[^_]*)_(?P<number>\d+)_assign(?:submission|feedback)_(?P<plugin>[a-z]+))_?(?P<file>.*)"
)
FILES = "file"


def recognises(download: Download, root: PurePosixPath) -> bool:
    """Return whether the entries are named after participants and a plugin."""
    return mostly(_ENTRY.fullmatch(name) for name in tops(download, root))


def sort(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield each participant's files."""
    for member, path in below(download, root):
        entry = _ENTRY.fullmatch(path.parts[0])
        if entry is None:
            yield LeftOut(str(member.path), "its name doesn't contain a participant")
            continue
        parts = [part for part in (entry["file"], *path.parts[1:]) if part]
        if entry["plugin"] != FILES:
            yield LeftOut(str(member.path), "text typed into Moodle, not an uploaded file")
        elif parts:
            learner = Learner(id=entry["number"], name=entry["name"], platform=entry["number"])
            yield Piece(f"{entry['name']}_{entry['number']}", learner, member, PurePosixPath(*parts))


LAYOUT = Layout("moodle", "Moodle, “Download all submissions”", recognises, sort)
