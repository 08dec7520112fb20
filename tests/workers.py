"""What tests ask a worker that they hold themselves."""

from grader.sandbox import wire


def load(worker, source, filename="a.py", device="cpu", cells=(), *, seconds=10):
    """Prepare a text and run it; return what the worker says of that."""
    assert worker.ask(wire.Prepare(source, filename, device, cells), seconds=seconds) == wire.Begun()
    return worker.ask(wire.Load(), seconds=seconds)
