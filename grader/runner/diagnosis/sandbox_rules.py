"""Whether the grader's own rules, rather than a mistake, are what stops a submission.

It runs in one process, without a network, a screen, a keyboard or files of its own. What Python says of that
reads as the learner's fault; here it is said whose doing it is, and what to do.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from grader.report_model import Misconception
from grader.sandbox.wire import Raised
from grader.sanitize import clean

ANY = re.compile("")
ALONE = "Only this file is handed to the grader, and it is judged by itself"
IN_ITS_FOLDER = (
    'Files can be written into the current folder, `open("notes.txt", "w")`, and into those of `tempfile`.'
)
# Slug, name and sentence of what shows in several ways.
NO_COMPILER = (
    "no-compiler",
    "`torch.compile` has no compiler here",
    "Take `torch.compile` away: the answers are the same without it.",
)
NO_NETWORK = (
    "no-network",
    "there is no network here",
    f"{ALONE}: write the numbers that it needs into it.",
)
NOT_ALLOWED = (
    "not-allowed",
    "the grader doesn't let a submission do this",
    "It runs in one process, without a network, a shell or files of other users. Do without it.",
)


@dataclass(frozen=True)
class Rule:
    """What the grader doesn't let a submission do: how it shows, what it is called, and what to do."""

    slug: str
    name: str
    says: str
    kinds: frozenset[str] | None = None
    message: re.Pattern[str] = ANY
    line: re.Pattern[str] = ANY
    # The version of Python that has what is missing here.
    since: tuple[int, int] | None = None

    def fits(self, raised: Raised, line: str) -> bool:
        """Say whether that is what happened."""
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
) -> Rule:
    return Rule(
        slug, name, says, frozenset(kinds.split()) or None, re.compile(message), re.compile(line), since
    )


def _newer(version: tuple[int, int], what: str, instead: str, *, message: str, line: str) -> Rule:
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    name = f"{what} is Python {version[0]}.{version[1]}; this is Python {here}"
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
        "no further process can be started here",
        "A submission runs in one process: call the function itself, in a loop or with `map`.",
        "PermissionError OSError",
        line=r"multiprocessing|Process(?:PoolExecutor)?\(|Pool\(|\bmp\.|os\.fork",
    ),
    _rule(
        "no-programs",
        "no other program can be started here",
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
        "this place can't be read or written here",
        IN_ITS_FOLDER,
        "PermissionError",
        message=r"Permission denied: '",
    ),
    _rule(
        "no-such-folder",
        "this place can't be written here",
        IN_ITS_FOLDER,
        message=r"open file failed with strerror: Permission denied",
    ),
    _rule(
        "no-such-file",
        "this file is not here",
        f"{ALONE}: compute what the other file holds, or write it into this one.",
        "FileNotFoundError",
    ),
    _rule(
        "no-such-module",
        "a relative import finds no module here",
        f"{ALONE}: copy what it needs into it.",
        "ImportError",
        message=r"attempted relative import",
    ),
    _rule(
        "no-keyboard",
        "nobody types anything here",
        "Take `input()` away: a function gets what it needs as arguments.",
        "EOFError",
        message=r"reading a line",
    ),
    _rule(
        "no-screen",
        "there is no screen here",
        "Take the window away: what a function returns is all that counts.",
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
        "Leave the brackets behind the name away, and the annotations that need them.",
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
    """Return what is to be said of an exception that the grader's rules have caused, or None.

    `line` is the learner's own line that raised, where it is known.
    """
    for rule in RULES:
        if rule.fits(raised, line):
            return Misconception(slug=rule.slug, name=rule.name, message=rule.says, kind="environment")
    return None


def left_out(raised: Raised, text: str) -> Misconception | None:
    """Return what is to be said where a name is missed that a line of Jupyter's own would have given.

    `text` is the notebook's, in which such lines are comments.
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
        name=f"`{clean(name)}` comes of a line that is left out here",
        message=f"`{clean(line[1])}` is Jupyter's own, and no Python: write what it gives into a cell.",
        kind="environment",
    )
