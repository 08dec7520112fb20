"""Gradescope: the export of an assignment's submissions.

For each folder `submission_123456`, `submission_metadata.yml` names its submitters and the time.
A group has one folder and several submitters.
https://guides.gradescope.com/hc/en-us/articles/21865616724749
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from grader.cohort.download import LARGEST, Download, LeftOut
from grader.cohort.layouts.download_layout import Layout, Piece, below
from grader.errors import UsageError
from grader.report_model import Learner

METADATA = "submission_metadata.yml"


def recognises(download: Download, root: PurePosixPath) -> bool:
    """Return whether the export's list of submitters is there."""
    return any(str(path) == METADATA for _, path in below(download, root))


def sort(download: Download, root: PurePosixPath) -> Iterator[Piece | LeftOut]:
    """Yield each submitter's files. Each member of a group gets the group's files."""
    known = _metadata(download, root)
    for member, path in below(download, root):
        submission = known.get(path.parts[0])
        submitters = _submitters(submission)
        if len(path.parts) == 1 or not isinstance(submission, Mapping):
            if str(path) != METADATA:
                yield LeftOut(str(member.path), f"{METADATA} doesn't list it")
            continue
        if not submitters:
            yield LeftOut(str(member.path), f"{METADATA} names no submitter")
            continue
        for submitter in submitters:
            unit = path.parts[0] if len(submitters) == 1 else f"{path.parts[0]} {_id(submitter)}"
            arrived = _time(submission.get(":created_at"))
            yield Piece(unit, _learner(submitter), member, PurePosixPath(*path.parts[1:]), arrived)


def _metadata(download: Download, root: PurePosixPath) -> Mapping[str, Any]:
    # Only this layout needs YAML, and the command's help must be quick.
    import yaml  # noqa: PLC0415

    where = root / METADATA
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    member = next((one for one in download.members if one.path == where), None)
    if member is None:
        raise _unreadable(download, "no such file")
    try:
        found = yaml.load(download.read(member, LARGEST), Loader=loader)  # noqa: S506 - a safe loader, written in C
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _unreadable(download, str(error)[:200]) from None
    if not isinstance(found, Mapping):
        raise _unreadable(download, f"a {type(found).__name__}")
    return found


def _submitters(submission: object) -> list[Mapping[str, Any]]:
    """Return the submitters who have an id, an address or a name."""
    found = submission.get(":submitters") if isinstance(submission, Mapping) else None
    listed = found if isinstance(found, list) else []
    return [one for one in listed if isinstance(one, Mapping) and _id(one)]


def _id(submitter: Mapping[str, Any]) -> str:
    return next((text for key in (":sid", ":email", ":name") if (text := _text(submitter, key))), "")


def _text(submitter: Mapping[str, Any], key: str) -> str:
    """Return a text or a number. Another value may contain itself a million times."""
    value = submitter.get(key)
    return str(value) if isinstance(value, str | int | float) else ""


def _learner(submitter: Mapping[str, Any]) -> Learner:
    return Learner(id=_id(submitter), name=_text(submitter, ":name"), email=_text(submitter, ":email"))


def _time(value: object) -> datetime | None:
    """Return a time with a time zone. YAML reads times, and Gradescope writes them with their zone."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _unreadable(download: Download, found: str) -> UsageError:
    return UsageError(
        "layout-metadata",
        found=found,
        where=f"{download.name}, {METADATA}",
        expected="the list of submissions that Gradescope wrote",
        remedy="export the submissions again, or name another layout with --layout",
    )


LAYOUT = Layout("gradescope", "Gradescope, “Export Submissions”", recognises, sort)
