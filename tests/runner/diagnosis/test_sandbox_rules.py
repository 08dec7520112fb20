"""Errors caused by the grader's restrictions or by a newer Python's features are reported as such."""

import sys

import pytest
from workers import load

from grader.runner.diagnosis import library_versions, sandbox_rules
from grader.sandbox import wire
from grader.sandbox.client import Worker
from grader.sandbox.zygote_client import ZygoteClient

HEAD = "import torch\nimport numpy as np\nd = {'a': 1}\n"
OLD = sys.version_info < (3, 12)
# Each line as learners write it, and the slug of its explanation; None if it works here as everywhere.
LINES = {
    'import subprocess; subprocess.run(["ls"])': "no-programs",
    'import subprocess; subprocess.check_output("ls", shell=True)': "no-programs",
    'import os; os.popen("ls").read()': "no-programs",
    "import os; os.fork()": "no-processes",
    "import multiprocessing; multiprocessing.Process(target=print).start()": "no-processes",
    "import multiprocessing; multiprocessing.Pool(2)": "no-processes",
    "from concurrent.futures import ProcessPoolExecutor; list(ProcessPoolExecutor(2).map(abs, [1]))": "no-processes",
    'open("/tmp/x", "w")': "no-such-folder",
    'torch.save(torch.ones(1), "/tmp/w.pt")': "no-such-folder",
    'import os; os.makedirs("/tmp/a/b")': "no-such-folder",
    'import os; os.listdir("/")': "no-such-folder",
    'open("x.txt", "w").write("a")': None,
    "import tempfile; tempfile.NamedTemporaryFile()": None,
    'open("data.csv")': "no-such-file",
    'torch.load("weights.pt")': "no-such-file",
    'np.loadtxt("w.txt")': "no-such-file",
    'import urllib.request; urllib.request.urlopen("http://example.org")': "no-network",
    'import socket; socket.create_connection(("example.org", 80))': "no-network",
    'import http.server; http.server.HTTPServer(("", 8000), None)': "no-network",
    "from .utils import x": "no-such-module",
    "from utils import x": "no-such-module",
    'input("n? ")': "no-keyboard",
    "import os, signal; os.kill(os.getppid(), 0)": "not-allowed",
    "import threading; threading.Thread(target=print).start()": None,
    'x = f"{d["a"]}"': "newer-python" if OLD else None,
    "def f[T](x: T) -> T: return x": "newer-python" if OLD else None,
    "type X = int": "newer-python" if OLD else None,
    # A process that has just begun accepts these.
    "torch.set_num_interop_threads(2)": None,
    "import os; os.nice(1)": None,
    "import os; os.sched_setaffinity(0, {0})": None,
    "import mimetypes; mimetypes.init()": None,
    "torch.multiprocessing.set_start_method('spawn')": None,
    "import faulthandler; faulthandler.enable()": None,
    "get_ipython().run_line_magic('matplotlib', 'inline')": None,
    "display(torch.ones(2))": None,
    "x = torch.ones(2": "error",
    "raise OSError(5, 'mine')": "error",
}


@pytest.fixture(scope="module")
def server():
    with ZygoteClient.start() as server:
        yield server


@pytest.mark.parametrize("line", LINES)
def test_whose_doing_it_is(server, line):
    """Each unavailable feature has its own explanation; a learner's own error has none."""
    worker = Worker.fork(server)
    reply = load(worker, HEAD + line + "\n", "a.py", "cpu", seconds=20)
    worker.close()
    if LINES[line] is None:
        assert isinstance(reply, wire.Loaded)
        return
    assert isinstance(reply, wire.Raised)
    known = library_versions.recognise(reply, line) or sandbox_rules.recognise(reply, line)
    assert (known.slug if known else "error") == LINES[line]
    assert known is None or (known.kind == "environment" and known.message.endswith("."))


def test_a_compiler_is_not_here():
    """A failure of `torch.compile` is recognised by the line or the exception, on every back end."""
    raised = wire.Raised("InductorError", ["RuntimeError"], "PermissionError: [Errno 1]", 3)
    assert sandbox_rules.recognise(raised, "y = f(x)").slug == "no-compiler"
    raised = wire.Raised("RuntimeError", ["RuntimeError"], "Failed to find C compiler", 3)
    assert sandbox_rules.recognise(raised, "f = torch.compile(f)").slug == "no-compiler"


@pytest.mark.parametrize(
    ("message", "text", "line"),
    [
        ("name 'out' is not defined", "# out = !ls\nprint(out)", "out = !ls"),
        ("name 'a' is not defined", "if x:\n    pass  # a = %timeit -o f()", "a = %timeit -o f()"),
        ("No module named 'helper'", "# %%writefile helper.py\n# def f(): pass", "%%writefile helper.py"),
    ],
)
def test_what_jupyter_would_have_given(message, text, line):
    """A name that only a Jupyter command would define is shown with that command's line."""
    known = sandbox_rules.left_out(wire.Raised("NameError", ["NameError"], message, 2), text)
    assert f"`{line}` is a Jupyter command" in known.message
    assert sandbox_rules.left_out(wire.Raised("NameError", ["NameError"], message, 2), "# other") is None
