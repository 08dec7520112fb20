"""Formulas for a terminal: the subset of LaTeX that statements use, as plain text."""

from __future__ import annotations

import re

SYMBOLS = {
    r"\le": "≤",
    r"\ge": "≥",
    r"\lt": "<",
    r"\neq": "≠",
    r"\in": "∈",
    r"\dots": "...",
    r"\ldots": "...",
    r"\cdots": "...",
    r"\cdot": "·",
    r"\times": "×",
    r"\odot": "⊙",
    r"\otimes": "⊗",
    r"\circledast": "⊛",
    r"\ast": "∗",
    r"\to": "→",
    r"\pi": "π",
    r"\omega": "ω",
    r"\hat": "",
    r"\top": "T",
    r"\log": "log",
    r"\bmod": "mod",
    r"\mod": "mod",
    r"\sum": "Σ",
    r"\langle": "⟨",
    r"\rangle": "⟩",
    r"\infty": "∞",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
    r"\left": "",
    r"\right": "",
    r"\qquad": "   ",
    r"\quad": "  ",
    r"\,": "",
    r"\;": " ",
    r"\!": "",
    r"\ ": " ",
}
_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_INLINE = re.compile(r"\$([^$\n]+?)\$")
# The text between braces. It may contain one more level of braces.
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_SUM = re.compile(rf"\\sum_{_GROUP}\^{_GROUP}|\\sum_{_GROUP}|\\sum_(\w)")
_FRACTION = re.compile(rf"\\frac{_GROUP}{_GROUP}")
_NAMED = re.compile(r"\\(?:mathrm|operatorname|text|mathbf|mathcal)\{([^{}]*)\}")
_INDEX = re.compile(rf"_{_GROUP}|_(\w)")
_POWER = re.compile(rf"\^{_GROUP}")
_COMMAND = re.compile(r"\\[A-Za-z]+|\\[,;! ]")


def for_terminal(markdown: str) -> str:
    """Return Markdown with formulas as code: `$$..$$` as a block, `$..$` inline."""
    text = _DISPLAY.sub(lambda found: f"\n```\n{plain(found[1])}\n```\n", markdown)
    return _INLINE.sub(lambda found: f"`{plain(found[1])}`", text)


def plain(formula: str) -> str:
    """Return a formula as plain text, for example x_{i+j} as x[i+j]. A sum's range is in parentheses."""
    text = " ".join(formula.split())
    text = _NAMED.sub(r"\1", text).replace(r"\log_2", "log2")
    text = _SUM.sub(
        lambda found: f"Σ({found[1]}..{found[2]}) " if found[1] else f"Σ({found[3] or found[4]}) ", text
    )
    # From the outside in, once per level of nested groups.
    for _ in range(2):
        text = _FRACTION.sub(r"(\1)/(\2)", text)
        text = _INDEX.sub(lambda found: f"[{found[1] or found[2]}]", text)
        text = _POWER.sub(lambda found: f"^{found[1]}" if len(found[1]) == 1 else f"^({found[1]})", text)
    text = _COMMAND.sub(lambda found: SYMBOLS.get(found[0], found[0].removeprefix("\\")), text)
    return re.sub(
        r"  +(?=\S)",
        lambda found: found[0] if len(found[0]) > 2 else " ",
        text.replace("{", "").replace("}", ""),
    ).strip()
