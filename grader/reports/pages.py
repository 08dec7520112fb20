"""The shared parts of all pages: autoescaped templates, and one style sheet."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from grader.report_model import KINDS
from grader.reports import wording


def template(name: str) -> Template:
    """Return one of this package's templates."""
    return _environment().get_template(name)


@cache
def style(*names: str) -> Markup:
    """Return style sheets without comments, indentation or line breaks."""
    folder = resources.files("grader.reports") / "templates"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    return Markup(re.sub(r"/\*.*?\*/|\n\s*|(?<=[{};:,])\s|\s(?=\{)", "", text))  # noqa: S704 - our own files


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["kinds"] = KINDS
    environment.filters["points"] = wording.points
    environment.filters["named"] = wording.named
    environment.filters["word"] = wording.word
    environment.filters["standing"] = wording.standing
    environment.filters["look"] = wording.look
    return environment
