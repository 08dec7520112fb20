"""Renders statements for a browser: Markdown as HTML, formulas as MathML, matrices also as drawings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.reports import examples, formulas
from grader.reports.examples import Drawing

HINTS = "Hints"
SOURCES = "Sources"
EXAMPLE = "A worked example"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_TITLE = re.compile(r"\A# .*\n")
_TABLE = Markup('<div class=scroll tabindex=0 role=group aria-label="Table">')
_DRAWN = Markup('<div class="drawn scroll" tabindex=0 role=group aria-label="The same, drawn">')


@dataclass(frozen=True)
class StatementPart:
    """A part of a statement and its heading. The part before the first heading has no heading."""

    heading: str
    content: Markup


def parts(statement: str) -> list[StatementPart]:
    """Return the parts of a statement without its title and its hints, which the page shows separately."""
    opening, *rest = _HEADING.split(_TITLE.sub("", statement))
    found = [("", opening), *zip(rest[::2], rest[1::2], strict=True)]
    return [
        StatementPart(name, rendered(text, drawn=name == EXAMPLE))
        for name, text in found
        if name != HINTS and text.strip()
    ]


def rendered(markdown: str, *, drawn: bool = False) -> Markup:
    """Return Markdown as HTML. With `drawn`, matrices are also shown as pictures."""
    return Markup(_markdown().render(markdown, {"drawn": drawn}))  # noqa: S704 - HTML in it is escaped


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    markdown.use(dollarmath_plugin, double_inline=True, allow_labels=False)
    markdown.core.ruler.push("empty_headers", lambda state: _without_empty_headers(state.tokens))
    markdown.core.ruler.push("drawn", lambda state: _mark_vectors(state.tokens, state.env))
    for name, rule in (
        ("math_inline", _math),
        ("math_inline_double", _display),
        ("math_block", _display),
        ("fence", _fence),
        ("paragraph_close", _paragraph_close),
        ("table_open", lambda *_: _TABLE + Markup("<table class=given>")),
        ("table_close", lambda *_: Markup("</table></div>")),
    ):
        markdown.add_render_rule(name, rule)
    return markdown


def _math(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    return formulas.inline(tokens[at].content)


def _display(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options, env
    lines = Markup().join(formulas.lines(tokens[at].content))
    return Markup('<div class=scroll tabindex=0 role=group aria-label="Formula">{}</div>').format(lines)


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options
    text = tokens[at].content
    found = examples.matrices(text) if env.get("drawn") else []
    return Markup("<pre tabindex=0>{}</pre>{}").format(text, _pictures(found))


def _paragraph_close(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return renderer.renderToken(tokens, at, options, env) + str(_pictures(tokens[at].meta.get("drawn", [])))


def _pictures(found: Sequence[Drawing]) -> Markup:
    """Return drawings side by side, with their names above and symbols such as = between them."""
    shown = []
    for one in found:
        name = Markup("<figcaption><i>{}</i></figcaption>").format(one.name) if one.name else ""
        shown.append(Markup("<figure>{}{}</figure>").format(name, one.figure.svg))
        if one.sign:
            shown.append(Markup("<span class=sign>{}</span>").format(one.sign))
    return _DRAWN + Markup().join(shown) + Markup("</div>") if shown else Markup()


def _without_empty_headers(tokens: Sequence[Token]) -> None:
    """Turn an empty header into a plain cell, because a screen reader can't read an empty header."""
    for opening, content, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open":
            if content.content:
                opening.attrSet("scope", "col")
            else:
                opening.tag = closing.tag = "td"


def _mark_vectors(tokens: Sequence[Token], env: EnvType) -> None:
    """If no block contains a matrix, mark the vectors of the first paragraph that has any."""
    if not env.get("drawn") or any(one.type == "fence" and examples.matrices(one.content) for one in tokens):
        return
    for inline, closing in pairwise(tokens):
        codes = [one.content for one in inline.children or [] if one.type == "code_inline"]
        if closing.type == "paragraph_close" and (found := examples.vectors(codes)):
            closing.meta["drawn"] = found
            return
