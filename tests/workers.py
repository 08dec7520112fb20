"""What tests ask a worker that they hold themselves."""

from grader.sandbox import wire
from grader.source_text import SourceText


def load(worker, source, filename="a.py", device="cpu", cells=(), *, seconds=10):
    """Prepare a text and run it; return what the worker says of that."""
    request = wire.Prepare(SourceText(source, filename, cells), device)
    assert worker.ask(request, seconds=seconds) == wire.Begun()
    return worker.ask(wire.Load(), seconds=seconds)
