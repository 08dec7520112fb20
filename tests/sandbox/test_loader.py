"""A worker runs a notebook's cells one by one, like Jupyter, except for code that needs Jupyter."""

import pytest
from workers import load

from grader import source_text
from grader.sandbox import wire
from grader.sandbox.client import Worker


@pytest.fixture
def run(server):
    """Run cells in a fresh worker, and return the replies and the worker."""
    workers = []

    def run(*texts, filename="a.ipynb"):
        worker = Worker.fork(server)
        workers.append(worker)
        source, starts = source_text.joined(texts)
        load(worker, source, filename, "cpu", starts, seconds=10)
        return [worker.ask(wire.Run(number), seconds=10) for number in range(1, len(texts) + 1)], worker

    yield run
    for worker in workers:
        worker.close()


def test_nothing_runs_before_it_is_asked_for(server):
    """Loading a notebook runs nothing."""
    worker = Worker.fork(server)
    reply = load(worker, "def f(): pass\nprint(1)", "a.ipynb", "cpu", (1,), seconds=10)
    assert (reply.functions, reply.raised, bytes(worker.printed)) == ([], None, b"")
    worker.close()


def test_cells_share_their_names(run):
    """A cell uses names from the cells before it; the last reply names all callable functions."""
    replies, _ = run("def f(): return 1", "def g(): return f() + 1", "assert g() == 2")
    assert [reply.raised for reply in replies] == [None] * 3
    assert replies[-1].functions == ["f", "g"]


def test_a_broken_cell_breaks_no_other(run):
    """If a cell raises, the definitions above that line stay, and the next cells run."""
    replies, _ = run(
        "def f(): pass\n1 / 0\ndef g(): pass", "def h(: pass", "raise SystemExit", "def i(): pass"
    )
    assert [reply.raised and (reply.raised.type, reply.raised.line) for reply in replies] == [
        ("ZeroDivisionError", 2),
        ("SyntaxError", 4),
        ("SystemExit", 5),
        None,
    ]
    assert replies[-1].functions == ["f", "i"]


def test_a_syntax_error_that_the_compiler_finds_bears_its_line(run):
    """A compiler error gives its line in the whole text, just like a parser error."""
    replies, _ = run("x = 1\n\n", "\nreturn 5")
    assert (replies[1].raised.type, replies[1].raised.line) == ("SyntaxError", 5)


def test_an_error_in_a_call_bears_its_line_in_the_whole_text(run):
    """A function keeps the line numbers of the cell that defined it."""
    _, worker = run("x = 1", "def f():\n    return 1 / 0")
    assert worker.ask(wire.Ask("f", "call", [], {}), seconds=10).line == 3


def test_future_imports_hold_for_the_cells_after_them(run):
    """`from __future__ import annotations` in one cell also applies to later ones, as in IPython."""
    replies, _ = run("from __future__ import annotations", "def f(x: nothing_like_this): pass")
    assert replies[1].raised is None
    replies, _ = run("def f(x: nothing_like_this): pass", "from __future__ import annotations")
    assert replies[0].raised.type == "NameError"


def test_a_cell_may_await(run):
    """Top-level `await` works as in Jupyter, even if it needs an event loop."""
    replies, worker = run(
        "import asyncio\nasync def g():\n    await asyncio.sleep(0.01)\n    return 5",
        "x = await g()",
        "print(x)",
    )
    assert [reply.raised for reply in replies] == [None] * 3
    assert bytes(worker.printed) == b"5\n"
    replies, _ = run("x = 1\nawait nothing")
    assert (replies[0].raised.type, replies[0].raised.line) == ("NameError", 2)


def test_display_shows_nothing_and_breaks_nothing(run):
    """`display` exists, as in Jupyter, and shows nothing."""
    replies, worker = run("display(1, 2, include=[])")
    assert (replies[0].raised, bytes(worker.printed)) == (None, b"")


def test_a_file_has_no_await(server):
    """A Python file runs as it does in Python, and lines from Jupyter's export have no effect."""
    worker = Worker.fork(server)
    assert load(worker, "await f()", "a.py", "cpu", seconds=10).type == "SyntaxError"
    exported = "get_ipython().run_line_magic('matplotlib', 'inline')\ndisplay(1)\n"
    assert isinstance(load(worker, exported, "b.py", "cpu", seconds=10), wire.Loaded)
    worker.close()


def test_inspect_finds_the_source(run):
    """A function's source is found in the right cell, for example by torch.jit."""
    _, worker = run(
        "x = 1\n", "import inspect\ndef f():\n    return 2", "def g(): return inspect.getsource(f)"
    )
    assert worker.ask(wire.Ask("g", "call", [], {}), seconds=10).value == "def f():\n    return 2\n"


def test_a_notebook_named_like_a_module(run):
    """torch.ipynb imports torch, not itself."""
    replies, _ = run(
        "import torch\nfrom torch import Tensor", "import torch.nn.functional", filename="torch.ipynb"
    )
    assert [reply.raised for reply in replies] == [None, None]


def test_many_cells_are_quick(run):
    """The time to run cells depends on their text, not on how many cells there are."""
    replies, _ = run(*["x = 1"] * 400)
    assert not any(reply.raised for reply in replies)


def test_a_broken_cell_bears_its_own_line(run):
    """If a function from another cell raises, the error is reported at the call in the calling cell."""
    replies, _ = run("def f():\n    raise ValueError", "x = 1\nf()", "def g():\n    f()\n\ng()")
    assert [reply.raised and reply.raised.line for reply in replies] == [None, 4, 6]


def test_a_name_as_long_as_a_name_can_be(run):
    """A file name still works if every byte becomes a three-byte character."""
    replies, _ = run("def f(): pass", filename="\ufffd" * 252 + ".py")
    assert (replies[0].raised, replies[0].functions) == (None, ["f"])
