"""Characters that a terminal can't display are replaced."""

import io
import re
from pathlib import Path

import pytest

from grader.reports import ascii_fallback, mathtext

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("1·2 ≤ Σ x", "utf-8", "1·2 ≤ Σ x"),
        ("1·2 ≤ Σ x", "ascii", "1*2 <= sum x"),
        ("1·2 ≤ Σ x", "latin-1", "1·2 <= sum x"),
        ("✓ ✗ ○ ●", "ascii", "+ x o *"),
        ("Ménage", "ascii", "Menage"),
        ("│─┌", "ascii", "---"),
        ("日", "ascii", "?"),
        ("\udc80", "utf-8", "?"),
        ("x", "no-such-encoding", "x"),
        ("x·y", None, "x·y"),
    ],
)
def test_a_sign_is_spelt_out(text, encoding, shown):
    """Available characters stay, symbols are spelt out, accents are dropped and the rest becomes `?`."""
    assert ascii_fallback.fit(text, encoding) == shown


def test_every_sign_of_the_formulas_is_spelt_out():
    """No symbol written by mathtext becomes a question mark."""
    for sign in "".join(mathtext.SYMBOLS.values()) + mathtext.plain(r"\\sum_i"):
        assert "?" not in ascii_fallback.fit(sign, "ascii"), sign


def test_every_sign_of_the_statements_is_spelt_out():
    """No symbol in the course's own texts becomes a question mark."""
    for path in [*ROOT.glob("exercises/*/README.md"), *ROOT.glob("reference/*/misconceptions/*.py")]:
        for sign in set(re.findall(r"[^\x00-\x7f]", path.read_text(encoding="utf-8"))):
            assert "?" not in ascii_fallback.fit(sign, "ascii"), (path.name, sign)


def test_a_stream_never_fails():
    """A stream with an old encoding accepts any text; one that can't be configured stays unchanged."""
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="ascii")
    ascii_fallback.never_fail(stream, io.StringIO())
    stream.write("Σ ≤ 日\udc80")
    stream.flush()
    assert buffer.getvalue() == b"sum <= ??"


def test_decoding_is_none_of_its_business():
    """The handler works only for encoding; bytes that can't be decoded still raise an error."""
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", ascii_fallback.HANDLER)


@pytest.mark.parametrize(
    ("encoding", "plain"),
    [("utf-8", False), ("UTF8", False), (None, False), ("ascii", True), ("cp1252", True)],
)
def test_plain_terminals(encoding, plain):
    """Every encoding other than a UTF one counts as plain."""
    assert ascii_fallback.is_plain(encoding) == plain
