"""What stands for a sign that a terminal doesn't have: `sum` for the sum sign, an asterisk for the dot.

Where the encoding is no UTF-8, Python would end with a traceback in the middle of a report.
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
    """Return a text as a terminal of that encoding can show it."""
    name = encoding or "utf-8"
    try:
        return text.encode(name, HANDLER).decode(name)
    except LookupError:
        return text


def is_plain(encoding: str | None) -> bool:
    """Say whether a terminal has only the signs of its old encoding."""
    return not (encoding or "utf-8").lower().replace("-", "").startswith("utf")


def never_fail(*streams: TextIO) -> None:
    """Have these streams write another sign where they can't write the one they are given."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=HANDLER)


def _in_place_of(error: UnicodeError) -> tuple[str, int]:
    """Return what to write for the signs that an encoding lacks, as `codecs` asks for it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(map(_plain, signs)), error.end


def _plain(sign: str) -> str:
    """Return a sign in ASCII: as it is spelt out here, else without its accents, else a question mark."""
    if sign in PLAIN:
        return PLAIN[sign]
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return bare or ("-" if unicodedata.category(sign).startswith("P") or "─" <= sign <= "╿" else "?")


codecs.register_error(HANDLER, _in_place_of)
