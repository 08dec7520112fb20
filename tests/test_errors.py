"""Errors state what was found, where, what was expected and what to do.

The docs have a paragraph on each error.
"""

import ast
import re
from pathlib import Path

from grader.errors import GraderError, UsageError, suggestion

ROOT = Path(__file__).resolve().parent.parent


def raised_slugs():
    """Return every first argument of a GraderError or UsageError in the package."""
    for path in (ROOT / "grader").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            is_error = named and node.func.id in {"GraderError", "UsageError"} and node.args
            if is_error and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_slug_has_a_paragraph():
    """docs/errors.md explains every error that can be raised, and nothing else."""
    documented = re.findall(
        r"^## `([a-z-]+)`$", (ROOT / "docs/errors.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(set(raised_slugs())) == documented


def test_an_error_reads_as_a_compilers():
    """An error starts with the value that was found and ends with the remedy."""
    error = GraderError("slug", found="a", where="b", expected="c", remedy="d")
    assert str(error) == "error[slug]: a\n  where:    b\n  expected: c\n  remedy:   d"


def test_exit_codes():
    """A usage error has exit code 2, and every other grader error has exit code 3."""
    assert (UsageError.exit_code, GraderError.exit_code) == (2, 3)


def test_the_nearest_word_is_suggested():
    """A typo gets a similar word as a suggestion; a word without one gets another remedy."""
    assert suggestion("toeplitz_1", ["toeplitz_1d", "im2col"], "-") == "did you mean `toeplitz_1d`?"
    assert suggestion("zzz", ["toeplitz_1d", "im2col"], "look") == "look"


def test_a_strangers_words_are_harmless_in_an_error():
    """An error that contains a file name with arbitrary bytes can be printed and written."""
    error = GraderError("slug", found="a\x1b]0;x\x07\n\tb", where="caf\udce9", expected="c", remedy="d")
    assert (error.found, error.where) == ("a\ufffd]0;x\ufffd\n    b", "caf\ufffd")
