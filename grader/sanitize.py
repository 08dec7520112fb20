"""Cleans untrusted text before it is shown or stored."""

from __future__ import annotations

import re
from typing import Any

from grader.errors import legible

MAX_TEXT = 2048
# What a CI reads as a command: `::name` at the start of a line, where wrapping may put it, and `##[`.
COMMAND = re.compile(r"(?<!\S)::|##\[")
# The folder that a worker runs in. It differs in every run, and warnings contain it.
SCRATCH = re.compile(r"(?:/[^\s/:'\"]+)*/grade-\w{8}/tmp\w{8}(?:/|\b)")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")


def clean(text: str) -> str:
    """Remove control characters and run-dependent parts from an untrusted text, and limit its length."""
    text = COMMAND.sub(
        lambda found: f"{found[0][:-1]} {found[0][-1]}", SCRATCH.sub("", ADDRESS.sub("0x...", text))
    )
    kept = legible(text)
    return kept if len(kept) <= MAX_TEXT else kept[:MAX_TEXT] + " ..."


def short(value: Any) -> str:
    """Return a plain value's text, even for an integer with thousands of digits."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 256:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, list | tuple):
        parts = [short(part) for part in value[:16]] + (["..."] if len(value) > 16 else [])
        tail = "," if isinstance(value, tuple) and len(value) == 1 else ""
        left, right = "[]" if isinstance(value, list) else "()"
        return f"{left}{', '.join(parts)}{tail}{right}"[:MAX_TEXT]
    return clean(repr(value[:MAX_TEXT] if isinstance(value, str) else value))
