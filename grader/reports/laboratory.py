"""Builds the laboratory's files: one page that needs neither a server nor a network.

Its sources are ES modules, so that Node can run just the arithmetic. Browsers don't load modules from
`file://`, because each file there is a separate origin. So they are combined into one classic script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

MODULES = resources.files("grader.reports") / "site" / "laboratory"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.mjs";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|const|class)", re.MULTILINE)
_COLOURS = re.compile(r":root \{.*?\n\}\n@media screen.*?\n\}\n", re.DOTALL)


def files() -> dict[str, str]:
    """Return the contents of `laboratory.html` and of the files that it loads, by name, for one folder."""
    return {
        "laboratory.html": _text("laboratory.html"),
        "laboratory.css": _colours() + _text("laboratory.css"),
        "laboratory.js": script(),
        "laboratory.svg": _text("laboratory.svg"),
    }


def script() -> str:
    """Return the modules as one script, with each module after those that it imports.

    They share one block, so declaring the same name in two modules is a syntax error.
    """
    parts = [_EXPORT.sub("", _IMPORT.sub("", _text(f"{name}.mjs"))) for name in _ordered("main", set())]
    return '"use strict";\n{\n' + "\n".join(parts) + "}\n"


def _ordered(name: str, seen: set[str]) -> Iterator[str]:
    seen.add(name)
    for needed in _IMPORT.findall(_text(f"{name}.mjs")):
        if needed not in seen:
            yield from _ordered(needed, seen)
    yield name


def _colours() -> str:
    """Return the report page's light and dark colours, so that both pages look the same."""
    style = resources.files("grader.reports") / "templates" / "report.css"
    found = _COLOURS.match(style.read_text(encoding="utf-8"))
    assert found is not None
    return found[0]


def _text(name: str) -> str:
    return (MODULES / name).read_text(encoding="utf-8")
