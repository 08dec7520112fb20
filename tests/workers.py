"""Helpers for tests that control a worker directly."""

from grader.sandbox import wire


def load(worker, source, filename="a.py", device="cpu", cells=(), *, seconds=10):
    """Prepare and load a text. Return the worker's answer."""
    assert worker.ask(wire.Prepare(source, filename, device, cells), seconds=seconds) == wire.Begun()
    return worker.ask(wire.Load(), seconds=seconds)
