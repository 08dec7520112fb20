"""Reads untrusted files: only regular files, never through a link, and up to a size limit."""

from __future__ import annotations

import codecs
import errno
import io
import os
import stat
import tokenize
from pathlib import Path

from grader.errors import UsageError

MAX_SOURCE = 256 << 10
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
AS_UTF_8 = "save it as UTF-8 (in most editors: Save with Encoding, UTF-8)"
LAST_ASCII = 127
# Python lists these as encodings. For some, a crafted text takes minutes to decode.
NO_CHARACTER_SETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}


def read_text(path: Path) -> str:
    """Return the text of a regular file of at most 256 KiB, decoded as Python would."""
    content = read_bytes(path, MAX_SOURCE)
    if content.startswith(UTF_16):
        raise unreadable(path, "text in UTF-16", remedy=AS_UTF_8)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if codecs.lookup(encoding).name in NO_CHARACTER_SETS:
            raise unreadable(path, f"text in `{encoding}`, which is not a character set", remedy=AS_UTF_8)
        return with_plain_ends(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise unreadable(path, f"a byte that is not UTF-8 (at {error.start})", remedy=AS_UTF_8) from None
    except SyntaxError:
        # The first two lines hold bytes that are not UTF-8, or declare an encoding that Python lacks.
        at = next((place for place, byte in enumerate(content) if byte > LAST_ASCII), None)
        found = (
            "an encoding that Python doesn't know" if at is None else f"a byte that is not UTF-8 (at {at})"
        )
        raise unreadable(path, found, remedy=AS_UTF_8) from None


def with_plain_ends(text: str) -> str:
    """Return a text with Python's line endings."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of a regular file. Raise an error if it is larger than the limit."""
    content = read_up_to(path, limit + 1)
    if len(content) > limit:
        raise unreadable(path, f"more than {limit >> 10} KiB")
    return content


def read_up_to(path: Path, limit: int) -> bytes:
    """Return the first bytes of a regular file, at most `limit`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        is_link = error.errno == errno.ELOOP
        found = "a symbolic link" if is_link else f"a file that can't be opened ({error.strerror})"
        raise unreadable(path, found) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise unreadable(path, "something that is not a regular file")
    with open(descriptor, "rb") as file:  # noqa: PTH123 - the descriptor has special flags
        return file.read(limit)


def unreadable(
    path: Path, found: str, *, remedy: str = "put the Python file or the notebook itself there"
) -> UsageError:
    """Return the error for a submission file that can't be read."""
    return UsageError(
        "unreadable-submission",
        found=found,
        where=str(path),
        expected=f"a regular file with at most {MAX_SOURCE >> 10} KiB of source, as UTF-8 text",
        remedy=remedy,
    )
