"""Replacing small pages with huge ones keeps the memory the same and shrinks the page table."""

import re
import sys
from pathlib import Path

import pytest

from grader.sandbox import huge_pages


def test_what_is_gathered_stays_as_it_is():
    """Every byte stays unchanged, and the memory that is reported as moved is in huge pages."""
    held = [bytes([number]) * (5 << 20) for number in range(8)]
    gathered = huge_pages.collapse()
    assert all(block == bytes([number]) * (5 << 20) for number, block in enumerate(held))
    if not gathered:
        pytest.skip("this kernel gathers no pages when it is asked to (Linux 6.1 does)")
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    large = re.search(r"AnonHugePages: +(\d+) kB", rollup)
    assert large is not None
    assert int(large[1]) > 0


def test_a_system_that_cannot_is_left_alone(monkeypatch):
    """Outside Linux, or without readable mappings, nothing changes."""
    monkeypatch.setattr(huge_pages, "_maps", lambda: "")
    assert huge_pages.collapse() == 0
    monkeypatch.setattr(sys, "platform", "darwin")
    assert huge_pages.collapse() == 0


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("55d0a0000000-55d0a4000000 rw-p 00000000 00:00 0                          [heap]", True),
        ("7f0000000000-7f0004000000 rw-p 00000000 00:00 0 ", True),
        ("7f0000000000-7f0004000000 rw-p 00000000 00:00 0                          [stack]", False),
        ("7f0000000000-7f0004000000 r-xp 00000000 00:00 0 ", False),
        ("7f0000000000-7f0004000000 rw-p 00001000 fe:00 812   /usr/lib/libc.so.6", False),
    ],
)
def test_only_memory_of_its_own_is_gathered(line, found):
    """Only the heap and anonymous memory are moved, but not the stack, code or files."""
    assert bool(huge_pages.ANONYMOUS.search(f"{line}\n")) is found
