"""No raw assertion text reaches a reader."""

import pytest

from grader.runner.assertion_text import NOTHING, in_words


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("assert 0 >= 1", "found 0, expected at least 1"),
        ("assert ((2 + 2) - 1) <= 0", "found 3, expected at most 0"),
        ("assert 4096 <= (3 * 1024)", "found 4096, expected at most 3072"),
        ("assert -1 < 0.5", "found -1, expected less than 0.5"),
        ("assert 2 > (7 / 2)", "found 2, expected more than 3.5"),
        ("assert [] != []", "found [], expected anything but []"),
        ("assert 'fft' in ['direct']", "found 'fft', expected one of ['direct']"),
        ("assert 3 == 4", "found 3, expected 4"),
        ("the kernel is turned round", "the kernel is turned round"),
        ("assert False", NOTHING),
        ("assert tensor(False)", NOTHING),
        ("assert all(<generator object law.<locals>.<genexpr> at 0x7f>)", NOTHING),
        ("assert (1 // 0) <= 2", NOTHING),
        (f"assert {list(range(100))} != []", NOTHING),
        ("assert", "assert"),
        ("assert 1 < 2 < 1", NOTHING),
    ],
)
def test_an_assertion_in_words(line, says):
    """Numbers are computed, and unreadable parts are left out."""
    assert in_words(line) == says
