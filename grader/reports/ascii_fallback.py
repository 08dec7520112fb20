"""Replacements for characters that a terminal can't show, such as `sum` for the summation sign.

Without them, Python raises an error in the middle of a report if the encoding isn't UTF-8.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TextIO

HANDLER = "grader-signs"
PLAIN = {
    "·": "*",
    "×": "x",
    "∗": "*",
    "Σ": "sum",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "∈": " in ",
    "→": "->",
    "←": "<-",
    "⊙": "(.)",
    "⊗": "(x)",
    "⊛": "(*)",
    "∞": "inf",
    "π": "pi",
    "ω": "omega",
    "θ": "theta",
    "λ": "lambda",
    "√": "sqrt",
    "⟨": "<",
    "⟩": ">",
    "⌊": "floor(",
    "⌋": ")",
    "−": "-",
    "–": "-",
    "—": "-",
    "•": "-",
    "…": "...",
    "✓": "+",
    "✗": "x",
    "○": "o",
    "●": "*",
    "ß": "ss",
    "’": "'",
    "“": '"',
    "”": '"',
}


def fit(text: str, encoding: str | None) -> str:
    """Return a text with only the characters that the encoding has."""
    name = encoding or "utf-8"
    try:
        return text.encode(name, HANDLER).decode(name)
    except LookupError:
        return text


def is_plain(encoding: str | None) -> bool:
    """Return whether a terminal's encoding isn't a Unicode one."""
    return not (encoding or "utf-8").lower().replace("-", "").startswith("utf")


def never_fail(*streams: TextIO) -> None:
    """Make these streams replace characters that they can't encode."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=HANDLER)


def _in_place_of(error: UnicodeError) -> tuple[str, int]:
    """Return replacements for characters that an encoding lacks. This is an error handler for `codecs`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(map(_plain, signs)), error.end


def _plain(sign: str) -> str:
    """Return a character in ASCII: from PLAIN, else without its accents, else `-` or a question mark."""
    if sign in PLAIN:
        return PLAIN[sign]
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return bare or ("-" if unicodedata.category(sign).startswith("P") or "─" <= sign <= "╿" else "?")


codecs.register_error(HANDLER, _in_place_of)
