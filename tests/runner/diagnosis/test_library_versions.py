"""Errors caused by library versions are distinguished from mistakes."""

import builtins
import importlib
import platform

import numpy as np
import pytest
import torch

from grader.runner.diagnosis.library_versions import recognise
from grader.runner.diagnosis.removed_names import REMOVED
from grader.sandbox.wire import Raised

VERSIONS = {"NumPy": np.__version__, "torch": torch.__version__, "Python": platform.python_version()}
OWNERS = {
    "numpy": np,
    "numpy.ndarray": np.zeros(2),
    "torch.Tensor": torch.eye(2),
    "dict": {},
}
GIVEN = {"a": np.eye(2), "b": np.ones(2), "d": {}, "x": np.ones(4), "n": 4, "key": "k", "i": 0, "value": 1.0}


def number(version):
    return [int(part) for part in version.split("+")[0].split(".")[:2]]


def raised_by(source, **names):
    """Run a learner's lines and return the worker's description of the exception."""
    try:
        exec(compile(source, "f.py", "exec"), {"np": np, "torch": torch} | names)
    except Exception as error:
        bases = [one.__name__ for one in type(error).__mro__ if hasattr(builtins, one.__name__)]
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        return Raised(type(error).__name__, bases, message, 1)
    return None


def use(name):
    """Return lines that use a name from the table the way old code does."""
    owner, _, last = name.rpartition(".")
    if owner == "import":
        return f"import {last}"
    if owner == "builtins":
        return last
    if owner == "torch":
        given = "t, t" if last in ("solve", "lstsq") else "t"
        return f"t = torch.eye(2)\ntorch.{last}({given})"
    if owner in OWNERS:
        return f"owner.{last}"
    return f"import {owner}\n{owner}.{last}"


@pytest.mark.parametrize("name", REMOVED)
@pytest.mark.filterwarnings("ignore:In the future:FutureWarning")
def test_what_the_table_calls_removed_is_gone_and_recognised(name):
    """With the installed versions, each name in the table fails and the error gives its new name."""
    one = REMOVED[name]
    here = number(VERSIONS[one.library])
    if here < number(one.since) or (one.until and here >= number(one.until)):
        pytest.skip(f"{one.library} {VERSIONS[one.library]} has it")
    raised = raised_by(use(name), owner=OWNERS.get(name.rpartition(".")[0]))
    assert raised is not None
    found = recognise(raised)
    assert found.kind == "environment"
    assert found.name == f"`{one.written}` was removed in {one.library} {one.since.removesuffix('.0')}"
    assert found.message == f"Write `{one.instead}`."


@pytest.mark.parametrize("name", REMOVED)
def test_what_the_table_says_to_write_can_be_written(name):
    """Each replacement runs with the installed versions."""
    one = REMOVED[name]
    if name == "numpy.trapz" and number(np.__version__) < [2, 0]:
        pytest.skip("this NumPy still calls it trapz")
    instead = one.instead.replace("...", "float")
    tensors = {"a": torch.eye(2), "b": torch.ones(2, 1), "x": torch.ones(4)} if "torch" in instead else {}
    names = {"np": np, "torch": torch} | GIVEN | tensors
    if name == "numpy.asscalar":
        names["a"] = np.float64(1.0)
    if instead.startswith(
        ("collections.", "math.", "inspect.", "time.", "sys.", "functools.", "itertools.", "operator.")
    ):
        module = instead.rpartition(".")[0]
        importlib.import_module(module)
        instead = f"import {module}\n{instead}"
    exec(instead, names)


@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        ("from numpy import complex_", "`np.complex_` was removed in NumPy 2", "Write `np.complex128`."),
        ("from torch import rfft", "`torch.rfft` was removed in torch 1.8", "Write `torch.fft.rfft(x)`."),
        (
            "from collections import Mapping",
            "`collections.Mapping` was removed in Python 3.10",
            "Write `collections.abc.Mapping`.",
        ),
        (
            "torch.fft(torch.ones(4), 1)",
            "`torch.fft` is a module since torch 1.8, not a function",
            "Write `torch.fft.fft(x)`.",
        ),
        (
            "import scipyy",
            "there is no module `scipyy` here",
            "Your file can use only torch, NumPy and Python's standard library.",
        ),
        (
            "import nmpy.linalg",
            "there is no module `nmpy` here",
            "Did you mean `numpy`? Your file can use only torch, NumPy and Python's standard library.",
        ),
        ("print 'x'", "the `print` statement was removed in Python 3", "Write `print(...)`."),
    ],
)
def test_other_ways_to_say_it(source, name, message):
    """Imports, a called module, a missing module and Python 2 are recognised."""
    found = recognise(raised_by(source), source)
    assert (found.name, found.message, found.kind) == (name, message, "environment")


@pytest.mark.skipif(np.__version__ < "2", reason="this NumPy has them")
@pytest.mark.parametrize(
    ("source", "name", "message"),
    [
        (
            "np.recfromcsv",
            "`np.recfromcsv` was removed in NumPy 2",
            "Use `np.genfromtxt` with comma delimiter instead.",
        ),
        (
            "np.array([1, 2], copy=False)",
            "`copy=False` forbids a copy since NumPy 2, even if one is needed",
            "Write `np.asarray(x)`.",
        ),
    ],
)
def test_what_numpy_itself_says_is_handed_on(source, name, message):
    """For a removed name that isn't in the table, or a changed meaning, NumPy's own message is shown."""
    found = recognise(raised_by(source))
    assert (found.name, found.message) == (name, message)


@pytest.mark.parametrize(
    "source",
    [
        "np.no_such_name",
        "torch.no_such_name",
        "torch.eye(2).no_such_name",
        "import numpy.no_such_module",
        "from torch import no_such_name",
        "unknown",
        "np.fft(np.ones(4))",
        "torch.linalg(torch.eye(2))",
        "1 / 0",
        "raise AttributeError('`np.complex_` is what I say')",
        "torch.eye(2) @ torch.eye(3)",
        "def f(:",
        "raise RuntimeError('this is now removed')",
    ],
)
def test_a_mistake_stays_a_mistake(source):
    """Names that never existed, and all other exceptions, are not blamed on the environment."""
    assert recognise(raised_by(source), source) is None


def test_a_claim_without_the_type_is_not_believed():
    """The message alone isn't enough: a ValueError with such a message is the learner's own."""
    assert (
        recognise(Raised("ValueError", ["ValueError", "Exception"], "name 'xrange' is not defined", 1))
        is None
    )


def test_the_environment_is_named_in_a_run(judged):
    """A call that raises and a file that doesn't load are both blamed on the environment."""
    calling = "import numpy as np\nimport torch\n\n\ndef build_toeplitz_1d(kernel, n):\n    return torch.rfft(kernel, 1)\n"
    loading = "import scipyy\n"
    for source, name in [
        (calling, "`torch.rfft` was removed in torch 1.8"),
        (loading, "there is no module `scipyy` here"),
    ]:
        (result,) = judged([("toeplitz_1d", source)])
        first, *others = [one for one in result.properties if one.verdict != "met"]
        assert (first.verdict, first.misconception.kind, first.misconception.name) == (
            "not met",
            "environment",
            name,
        )
        assert all(one.misconception is None for one in others)
