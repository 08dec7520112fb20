"""The files of a platform's download: a folder or a zip file. They come from strangers."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from grader.errors import UsageError, legible_name
from grader.submission import files, notebook
from grader.submission.discovery import LEFTOVERS

ZIP = ".zip"
# More files than any learner writes: somebody submitted installed packages, too.
MOST_MEMBERS = 20_000
# A notebook with pictures is larger than its source. A zip file from a learner contains several.
LARGEST = 64 << 20
# Bit 0 of a zip entry's flags.
ENCRYPTED = 1
# Python unpacks these a little at a time. Of the others, two kilobytes may become gigabytes at once.
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# No learner's folder is deeper, no path longer, and no file system takes a longer name.
DEEPEST, LONGEST_PATH, LONGEST_NAME = 40, 1000, 255
TOO_LONG = "its path is too long or too deep"
MARKERS = {".git"}
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """A file of a download: its path in it."""

    path: PurePosixPath

    @property
    def top(self) -> str:
        """The first part of the path."""
        return self.path.parts[0]


@dataclass(frozen=True)
class LeftOut:
    """A file that isn't graded, and the reason."""

    path: str
    why: str

    @property
    def shown(self) -> str:
        """The file and the reason, within a sentence."""
        return f"`{legible_name(self.path)}` ({self.why})"


class Download(Protocol):
    """A platform's download.

    `markers` contains the folders that are Git repositories. `refused` lists what is unsafe to read.
    """

    name: str
    members: tuple[Member, ...]
    markers: frozenset[str]
    refused: tuple[LeftOut, ...]

    def read(self, member: Member, limit: int) -> bytes:
        """Return the first bytes of a file, at most `limit`. Raise UsageError if it is unreadable."""


def open_download(path: Path, *, without: Path) -> Download:
    """Return the download in a folder or a zip file, except the folder `without`."""
    is_zip = path.suffix.lower() == ZIP and not path.is_dir()
    return ZipDownload(path) if is_zip else FolderDownload(path, without)


@dataclass
class FolderDownload:
    """A download that is unpacked in a folder. Links aren't followed, and the folder `without` is ignored."""

    root: Path
    without: Path | None = None
    name: str = ""
    members: tuple[Member, ...] = ()
    markers: frozenset[str] = frozenset()
    refused: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        """List the files, in the order of their names."""
        self.name = legible_name(self.root.resolve().name)
        found = _Found(without=self.without and self.without.resolve())
        _walk(self.root, PurePosixPath(), found)
        self.members, self.markers = tuple(found.members), frozenset(found.markers)
        self.refused = tuple(found.refused)

    def read(self, member: Member, limit: int) -> bytes:
        """Return the first bytes of a file."""
        return files.read_up_to(self.root / member.path, limit)


@dataclass
class _Found:
    without: Path | None = None
    members: list[Member] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    refused: list[LeftOut] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, path: PurePosixPath) -> None:
        """Note a file. Of a learner's folder, only so many files are read."""
        member = Member(path)
        self.counts[member.top] += 1
        if self.counts[member.top] <= MOST_MEMBERS:
            self.members.append(member)
        elif self.counts[member.top] == MOST_MEMBERS + 1:
            self.refused.append(
                LeftOut(member.top, f"it has more than {MOST_MEMBERS} files: not all are read")
            )


def _walk(root: Path, inside: PurePosixPath, found: _Found) -> None:
    try:
        entries = sorted(os.scandir(root / inside), key=lambda entry: entry.name)
    except OSError as error:
        if not inside.parts:
            raise _no_download(root, f"this isn't a readable folder: {error.strerror}") from None
        found.refused.append(LeftOut(str(inside), f"the folder can't be read: {error.strerror}"))
        return
    for entry in entries:
        path = inside / entry.name
        if entry.name in MARKERS:
            found.markers.append(str(inside))
        if is_leftover(entry.name) or (found.without and found.without == (root / path).resolve()):
            continue
        if entry.is_symlink():
            found.refused.append(LeftOut(str(path), "a link: it may lead to another learner's files"))
        elif entry.is_dir() and len(path.parts) >= DEEPEST:
            found.refused.append(LeftOut(str(path), TOO_LONG))
        elif entry.is_dir():
            _walk(root, path, found)
        elif entry.is_file(follow_symlinks=False):
            found.add(path)


def is_leftover(name: str) -> bool:
    """Return whether archives, editors or Python leave such an entry behind."""
    return name.startswith(".") or name in LEFTOVERS


@dataclass
class ZipDownload:
    """A download in a zip file. Paths that lead out of it, links and encrypted files are refused."""

    path: Path
    name: str = ""
    content: bytes | None = None
    members: tuple[Member, ...] = ()
    markers: frozenset[str] = frozenset()
    refused: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        """Read the directory of the zip file. Nothing is unpacked yet."""
        self.name = self.name or legible_name(self.path.name)
        try:
            self._zip = zipfile.ZipFile(self.path if self.content is None else io.BytesIO(self.content))
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _no_download(self.path, f"this isn't a readable zip file: {error}") from None
        found = _Found()
        self._entries: dict[PurePosixPath, zipfile.ZipInfo] = {}
        for entry in self._zip.infolist():
            self._list(entry, found)
        self.members = tuple(sorted(found.members, key=lambda one: one.path.parts))
        self.markers, self.refused = frozenset(found.markers), tuple(found.refused)

    def read(self, member: Member, limit: int) -> bytes:
        """Return the first bytes of a file. The size in the zip file's directory may be a lie."""
        try:
            with self._zip.open(self._entries[member.path]) as file:
                return file.read(limit)
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError) as error:
            raise UsageError(
                "unreadable-submission",
                found=f"can't be unpacked: {error}",
                where=f"{self.name}, {member.path}",
                expected="a complete zip file",
                remedy="download it again, or ask the learner to submit the Python file itself",
            ) from None

    def _list(self, entry: zipfile.ZipInfo, found: _Found) -> None:
        name = _decoded(entry).replace("\\", "/")
        if len(name) > LONGEST_PATH:
            found.refused.append(LeftOut(f"{legible_name(name[:LONGEST_NAME])}...", TOO_LONG))
            return
        path = PurePosixPath(name)
        if not path.parts:
            return
        found.markers += [str(parent.parent) for parent in path.parents if parent.name in MARKERS]
        if name.endswith("/") or any(is_leftover(part) for part in path.parts if part != ".."):
            return
        if why := _unsafe(entry, path, known=path in self._entries):
            found.refused.append(LeftOut(legible_name(name), why))
            return
        self._entries[path] = entry
        found.add(path)


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name. Some programs write UTF-8 without saying so; Python then reads it as cp437."""
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _unsafe(entry: zipfile.ZipInfo, path: PurePosixPath, *, known: bool) -> str:
    """Return why an entry must not be read, or an empty text."""
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(path.parts[0]):
        return "its path leads out of the download"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link: it may lead to another learner's files"
    if len(path.parts) > DEEPEST or max(len(os.fsencode(part)) for part in path.parts) > LONGEST_NAME:
        return TOO_LONG
    if entry.flag_bits & ENCRYPTED:
        return "it is encrypted"
    if entry.compress_type not in METHODS:
        return "it is compressed in an unusual way"
    return "its path occurs twice" if known else ""


def _no_download(path: Path, found: str) -> UsageError:
    return UsageError(
        "no-cohort",
        found=found,
        where=str(path),
        expected="a folder with one submission per entry, or a platform's download as a folder or zip file",
        remedy="give the folder or zip file that you downloaded from the platform",
    )


def unpacked(
    download: Download, member: Member, suffixes: Collection[str], refused: list[LeftOut]
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the files of a member that have such a suffix: the file itself, or the files in a zip file.

    What can't be read safely in that zip file is added to `refused`; a zip file in it isn't opened. Of a file
    that is too large, enough is returned to see that.
    """
    if member.path.suffix.lower() != ZIP:
        yield PurePosixPath(member.path.name), download.read(member, notebook.MAX_FILE + 1)
        return
    inner = ZipDownload(Path(member.path.name), content=download.read(member, LARGEST))
    refused += inner.refused
    for one in inner.members:
        suffix = one.path.suffix.lower()
        if suffix in suffixes or (one.path.suffixes[-2:-1] and one.path.suffixes[-2].lower() in suffixes):
            yield one.path, inner.read(one, notebook.MAX_FILE + 1)
        elif suffix == ZIP:
            refused.append(LeftOut(str(one.path), "a zip file in a zip file"))
