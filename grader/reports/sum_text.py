"""Writes a wrong cell as a sum of named factors, followed by their values and the learner's result."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.report_model import Factor, Term, Window
from grader.text_table import DIGITS, number

MOST_TERMS = 9
DOT = "·"


def lines(window: Window, width: int) -> list[str]:
    """Return the sum in lines that break before =, + or -, never within a product."""
    shown: list[str] = []
    for part in re.split(r" (?=[=+-] )", sentence(window)):
        if shown and len(shown[-1]) + 1 + len(part) <= width:
            shown[-1] += f" {part}"
        else:
            shown.append(f"  {part}" if shown else part)
    return shown


def sentence(window: Window) -> str:
    """Return `cell [1] = kernel[0]·x[1] + kernel[1]·x[2] = 1·2 + 2·3 = 8, your result: 7`."""
    digits = next(
        (one for one in DIGITS if number(window.expected, one) != number(window.obtained, one)), DIGITS[-1]
    )
    parts = [
        f"cell {window.at}" if window.at else "the entry",
        _sum(window.terms, _name),
        _sum(window.terms, lambda factor: _number(factor.value, digits)),
        number(window.expected, digits),
    ]
    # A sum of one bare number would appear twice.
    shown = [part for part, following in zip(parts, [*parts[1:], ""], strict=True) if part != following]
    return f"{' = '.join(shown)}, your result: {number(window.obtained, digits)}"


def _sum(terms: list[Term], written: Callable[[Factor], str]) -> str:
    """Return a sum of products. A term with a negative factor is subtracted."""
    text = ""
    for term in terms[:MOST_TERMS]:
        sign = " - " if term.times < 0 else " + "
        times = [] if abs(term.times) == 1 else [number(abs(term.times))]
        product = DOT.join([*times, *map(written, term.factors)]) or "1"
        text += f"{sign if text else sign.strip(' +')}{product}"
    return (text + " + ..." if len(terms) > MOST_TERMS else text) or "0"


def _name(factor: Factor) -> str:
    return f"{factor.name}{factor.at}" if factor.at else factor.name


def _number(value: float, digits: int) -> str:
    text = number(value, digits)
    return f"({text})" if text.startswith("-") else text
