"""The commits of the course and of the grader, which a report contains."""

from __future__ import annotations

import importlib.metadata
import subprocess
from functools import cache
from pathlib import Path

import msgspec

import grader
from grader.report_model import Tool

NAME = "toeplitz-grader"
PATIENCE = 5.0


class _Origin(msgspec.Struct):
    commit_id: str


class _Installed(msgspec.Struct):
    """The file that pip writes when it installs from a repository (PEP 610)."""

    vcs_info: _Origin | None = None


@cache
def tool() -> Tool:
    """Return the name, version and commit of the grader for a report."""
    return Tool(name=NAME, version=grader.__version__, commit=_own())


@cache
def commit_of(folder: Path) -> str | None:
    """Return the current commit of a folder's repository, or None without a repository or git."""
    return _said(folder, "rev-parse", "--verify", "HEAD")


def _said(folder: Path, *asked: str) -> str | None:
    try:
        found = subprocess.run(  # noqa: S603 - the folder is the course's, or our own
            ["git", "-C", folder, *asked],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None


def _own() -> str | None:
    """Return the commit of the grader, from pip's record or from the repository of the package.

    A virtual environment may be inside another repository, whose commits aren't the grader's.
    """
    try:
        noted = importlib.metadata.distribution(NAME).read_text("direct_url.json") or "{}"
        origin = msgspec.json.decode(noted, type=_Installed).vcs_info
    except (importlib.metadata.PackageNotFoundError, msgspec.DecodeError):
        origin = None
    if origin is not None:
        return origin.commit_id
    package = Path(grader.__file__).resolve().parent
    if not (package.parent / ".git").exists():
        return None
    # Only the package counts: a change to a course beside it changes no verdict of the grader.
    return _said(package.parent, "log", "-1", "--format=%H", "--", package.name)
