"""Explains failures caused by the grader's rules rather than by a mistake.

A submission runs in one process, without a network, a screen, a keyboard or files of its own. Python's
message makes this look like the learner's mistake. This module gives the real cause and a remedy.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from grader.report_model import Misconception
from grader.sandbox.wire import Raised
from grader.sanitize import clean

ANY = re.compile("")
ALONE = "The grader sees only this file"
IN_ITS_FOLDER = (
    'You can write files in the current folder, `open("notes.txt", "w")`, and in folders from `tempfile`.'
)
# Slug, name and sentence of rules that several exceptions show.
NO_COMPILER = (
    "no-compiler",
    "`torch.compile` has no compiler here",
    "Remove `torch.compile`: the results are the same without it.",
)
NO_NETWORK = (
    "no-network",
    "there is no network here",
    f"{ALONE}: write the numbers that you need into it.",
)
NOT_ALLOWED = (
    "not-allowed",
    "the grader doesn't let a submission do this",
    "A submission runs in one process, without network, shell or other users' files. Solve it without them.",
)


@dataclass(frozen=True)
class SandboxRule:
    """Something that the grader forbids: how to recognise it, its name, and what to do."""

    slug: str
    name: str
    says: str
    kinds: frozenset[str] | None = None
    message: re.Pattern[str] = ANY
    line: re.Pattern[str] = ANY
    # The version of Python that has the missing feature.
    since: tuple[int, int] | None = None

    def fits(self, raised: Raised, line: str) -> bool:
        """Return whether this rule caused the exception."""
        if self.since is not None and sys.version_info >= self.since:
            return False
        of_kind = self.kinds is None or bool(self.kinds & {raised.type, *raised.bases})
        return of_kind and bool(self.message.search(raised.message)) and bool(self.line.search(line))


def _rule(
    slug: str,
    name: str,
    says: str,
    kinds: str = "",
    *,
    message: str = "",
    line: str = "",
    since: tuple[int, int] | None = None,
) -> SandboxRule:
    return SandboxRule(
        slug, name, says, frozenset(kinds.split()) or None, re.compile(message), re.compile(line), since
    )


def _newer(version: tuple[int, int], what: str, instead: str, *, message: str, line: str) -> SandboxRule:
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    name = f"{what} needs Python {version[0]}.{version[1]}; this is Python {here}"
    return _rule("newer-python", name, instead, "SyntaxError", message=message, line=line, since=version)


RULES = (
    _rule(
        *NO_COMPILER,
        message=r"PermissionError|TORCHDYNAMO|[Ii]nductor|compiler",
        line=r"torch\.compile|@compile",
    ),
    _rule(
        *NO_COMPILER,
        "InductorError BackendCompilerFailed InvalidCxxCompiler",
    ),
    _rule(
        "no-processes",
        "you can't start another process here",
        "A submission runs in one process: call the function directly, in a loop or with `map`.",
        "PermissionError OSError",
        line=r"multiprocessing|Process(?:PoolExecutor)?\(|Pool\(|\bmp\.|os\.fork",
    ),
    _rule(
        "no-programs",
        "you can't start another program here",
        "A submission runs in one process, without a shell: compute what you need in Python.",
        "PermissionError",
        line=r"subprocess|Popen|check_(?:call|output)|os\.(?:popen|system|exec|spawn|posix_spawn)|\brun\(",
    ),
    _rule(
        *NO_NETWORK,
        "URLError gaierror ConnectionError HTTPError",
    ),
    _rule(
        *NO_NETWORK,
        message=r"no internet connection|name resolution|Network is unreachable",
    ),
    _rule(
        *NO_NETWORK,
        "PermissionError",
        line=r"socket|urlopen|requests\.|[hH]ttp",
    ),
    _rule(
        "no-such-folder",
        "you can't read or write this path here",
        IN_ITS_FOLDER,
        "PermissionError",
        message=r"Permission denied: '",
    ),
    _rule(
        "no-such-folder",
        "you can't write to this path here",
        IN_ITS_FOLDER,
        message=r"open file failed with strerror: Permission denied",
    ),
    _rule(
        "no-such-file",
        "this file doesn't exist here",
        f"{ALONE}: copy what you need from the other file into it, or compute it.",
        "FileNotFoundError",
    ),
    _rule(
        "no-such-module",
        "a relative import finds no module here",
        f"{ALONE}: copy the code that you need into it.",
        "ImportError",
        message=r"attempted relative import",
    ),
    _rule(
        "no-keyboard",
        "there is no keyboard here",
        "Remove `input()`: your function gets all it needs as arguments.",
        "EOFError",
        message=r"reading a line",
    ),
    _rule(
        "no-screen",
        "there is no screen here",
        "Remove the window: only what your function returns counts.",
        "TclError",
    ),
    _newer(
        (3, 12),
        "the same quotes inside an f-string",
        "Use the other kind of quotes inside the braces.",
        message=r"^f-string:",
        line=r"""\b[fF][rR]?(["'])[^"']*\{[^}]*\1""",
    ),
    _newer(
        (3, 12),
        "a type parameter in brackets",
        "Remove the brackets after the name, and the annotations that need them.",
        message=r"expected '\('|invalid syntax|expected ':'",
        line=r"^\s*(?:def|class)\s+\w+\s*\[",
    ),
    _newer(
        (3, 12),
        "a `type` statement",
        "Write `X = int` without `type`.",
        message=r"invalid syntax",
        line=r"^\s*type\s+\w+.*=",
    ),
    _newer(
        (3, 14),
        "a template string",
        "Write an f-string, or `str.format`.",
        message=r"invalid syntax|invalid string prefix",
        line=r"\bt[\"']",
    ),
    _newer(
        (3, 14),
        "`except` with several types and no brackets",
        "Write the types in brackets: `except (TypeError, ValueError):`.",
        message=r"multiple exception types must be parenthesized",
        line=r"except",
    ),
    _rule(
        *NOT_ALLOWED,
        "PermissionError",
    ),
    _rule(
        *NOT_ALLOWED,
        "OSError",
        message=r"Function not implemented",
    ),
)


def recognise(raised: Raised, line: str) -> Misconception | None:
    """Explain an exception that the grader's rules caused, or None for any other.

    `line` is the learner's line that raised, if known.
    """
    for rule in RULES:
        if rule.fits(raised, line):
            return Misconception(slug=rule.slug, name=rule.name, message=rule.says, kind="environment")
    return None


def left_out(raised: Raised, text: str) -> Misconception | None:
    """Explain a missing name that a Jupyter command would have defined.

    `text` is the notebook's text, where such commands are comments.
    """
    found = re.search(r"name '(\w+)' is not defined|No module named '(\w+)", raised.message)
    if found is None:
        return None
    name = found[1] or found[2]
    word = re.escape(name)
    written = rf"{word}[ \t]*=[ \t]*[%!].*|%%writefile[ \t]+{word}\.py.*"
    line = re.search(rf"^[ \t]*(?:pass  )?# ({written})$", text, re.MULTILINE)
    if line is None:
        return None
    return Misconception(
        slug="left-out",
        name=f"`{clean(name)}` comes from a line that is skipped here",
        message=f"`{clean(line[1])}` is a Jupyter command, not Python: write its result into a cell.",
        kind="environment",
    )
