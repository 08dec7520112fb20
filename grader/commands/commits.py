"""Which commit a course stands at, and which one the grader was installed from: a report names both."""

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
    """What pip notes of an installation from a repository (PEP 610)."""

    vcs_info: _Origin | None = None


@cache
def tool() -> Tool:
    """Return the grader as a report names it."""
    return Tool(name=NAME, version=grader.__version__, commit=_own())


@cache
def commit_of(folder: Path) -> str | None:
    """Return the commit that a folder's repository stands at; nothing where there is none, or no git."""
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
    """Return the grader's commit: pip knows it, or the package lies in its own repository.

    An environment may lie in somebody else's repository, whose commits aren't the grader's.
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
    # A course beside it may change, and every verdict stays what it was.
    return _said(package.parent, "log", "-1", "--format=%H", "--", package.name)
