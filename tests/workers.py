"""Helpers for tests that control a worker directly."""

from grader.sandbox import wire
from grader.source_text import SourceText


def load(worker, source, filename="a.py", device="cpu", cells=(), *, seconds=10):
    """Prepare and load a text, and return the worker's answer."""
    request = wire.Prepare(SourceText(source, filename, cells), device)
    assert worker.ask(request, seconds=seconds) == wire.Begun()
    return worker.ask(wire.Load(), seconds=seconds)
