"""Formulas for a browser: LaTeX as native MathML, or as plain text if the conversion isn't reliable."""

from __future__ import annotations

import re
from typing import Literal
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert
from markupsafe import Markup

from grader.reports.mathtext import plain

LONG = 24
_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_WORD = re.compile(r"\\mathrm\{(\w\w+)\}")
_ELEMENTS = re.compile(
    r"math|mrow|mi|mo|mn|mtext|mspace|ms(ub|up|ubsup)|m(under|over|underover)|mfrac|msqrt|mroot"
    r"|mtable|mtr|mtd|mstyle|mpadded|mphantom"
)
_ATTRIBUTES = re.compile(
    r"display|displaystyle|stretchy|fence|separator|form|accent|width|minsize|maxsize|[lr]space"
    r"|mathvariant|columnalign|linethickness|scriptlevel"
)


def displayed(markdown: str) -> str | None:
    """Return the first displayed formula of a statement, as LaTeX."""
    found = _DISPLAY.search(markdown)
    return " ".join(found[1].split()) if found else None


def lines(latex: str) -> list[Markup]:
    r"""Return a formula as MathML, with a new line at each `\qquad`.

    On a narrow page the formula and its range don't fit side by side.
    """
    return [_mathml(part.strip().rstrip(",.")) for part in re.split(r",?\s*\\qquad\b", latex) if part.strip()]


def inline(latex: str) -> Markup:
    """Return a formula as inline MathML.

    Browsers don't wrap a formula, so a long one is split into pieces that end with =, + or a comma.
    """
    text = " ".join(latex.split())
    pieces = [text] if len(plain(text)) <= LONG or r"\left" in text else _pieces(text)
    return Markup(" ").join(_mathml(one, display="inline") for one in pieces)


def _pieces(latex: str) -> list[str]:
    """Split a formula into pieces that end with =, + or a comma, but never inside braces."""
    pieces, depth = [""], 0
    for letter in latex:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        pieces[-1] += letter
        if not depth and letter in "=+,":
            pieces.append("")
    # A `\ ` after a comma becomes the blank between two pieces.
    return [
        one.removeprefix("\\").strip() if one.startswith("\\ ") else one.strip()
        for one in pieces
        if one.strip()
    ]


def _mathml(latex: str, *, display: Literal["block", "inline"] = "block") -> Markup:
    # \mathrm gives single letters, which a screen reader would spell.
    text = _WORD.sub(r"\\text{\1}", latex)
    try:
        source = convert(text, display=display)
        tree = ET.fromstring(re.sub(r' xmlns="[^"]*"', "", source))  # noqa: S314 - the course's own formula
    except Exception:  # noqa: BLE001 - what the converter raises has no common class
        return _as_text(latex)
    known = all(
        _ELEMENTS.fullmatch(one.tag) and all(map(_ATTRIBUTES.fullmatch, one.attrib)) for one in tree.iter()
    )
    # The converter keeps an unknown command with its backslash.
    if not known or "\\" in "".join(tree.itertext()):
        return _as_text(latex)
    text = ET.tostring(tree, encoding="unicode", short_empty_elements=False)
    # Write special blanks as entities: the page itself allows only the plain one.
    shown = "".join(c if c.isprintable() else f"&#{ord(c)};" for c in text)
    return Markup(shown)  # noqa: S704 - ElementTree escaped every character


def _as_text(latex: str) -> Markup:
    return Markup("<code>{}</code>").format(plain(latex))
