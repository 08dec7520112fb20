"""Explaining a call needs only the text, and the fix uses the learner's own names."""

import ast

import pytest

from grader.exercises import functions_of
from grader.runner.diagnosis.device_lint.suggestions import casting, is_numpys, misplacing

STUB = "def f(x: Tensor, n: int) -> Tensor:\n    ...\n"
ASKED = {one.name: one for one in functions_of(ast.parse(STUB))}
LEAVE = "remove it: torch computes on the device of the input"


def said(line, reader=misplacing, head="def f(x, n):"):
    return [one.says for one in reader(f"{head}\n    {line}\n", ASKED)]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("torch.zeros(n)", "write `torch.zeros(n, device=x.device)`, or `x.new_zeros(n)`"),
        (
            "torch.ones(n, dtype=x.dtype)",
            "write `torch.ones(n, dtype=x.dtype, device=x.device)`, or `x.new_ones(n)`",
        ),
        ("torch.zeros(n, dtype=torch.int64)", "write `torch.zeros(n, dtype=torch.int64, device=x.device)`"),
        ("arange(n)", "write `arange(n, device=x.device)`"),
        ("torch.fft.fftfreq( n,\n     2)", "write `torch.fft.fftfreq( n, 2, device=x.device)`"),
        ("torch.tensor([1, 2,])", "write `torch.tensor([1, 2,], device=x.device)`"),
        ("torch.from_numpy(a)", "write `torch.from_numpy(a).to(x.device)`"),
        ("torch.Tensor()", "write `torch.Tensor().to(x.device)`"),
    ],
)
def test_a_tensor_that_is_made_on_the_cpu(line, remedy):
    """The fix is the same call with the input's device, or a method like `new_zeros` if there is one."""
    (sentence,) = said(line)
    shown = " ".join(line.split())
    assert sentence == f"`{shown}` makes a tensor on the CPU; {remedy}"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "torch.eye(n, device='cuda:0')",
            (
                "`torch.eye(n, device='cuda:0')` makes a tensor on CUDA, not where the input is; "
                "write `torch.eye(n, device=x.device)`"
            ),
        ),
        (
            "torch.eye(n, device=torch.device('cpu'), dtype=x.dtype)",
            (
                "`torch.eye(n, device=torch.device('cpu'), dtype=x.dtype)` makes a tensor on the CPU, not where the "
                "input is; write `torch.eye(n, device=x.device, dtype=x.dtype)`"
            ),
        ),
        (
            "torch.Generator()",
            "`torch.Generator()` makes a generator on the CPU; write `torch.Generator(device=x.device)`",
        ),
        (
            "torch.nn.Linear(n, 1)",
            "`torch.nn.Linear(n, 1)` makes weights on the CPU; write `torch.nn.Linear(n, 1, device=x.device)`",
        ),
        ("x.cpu()", f"`x.cpu()` moves the tensor to the CPU; {LEAVE}"),
        ("x.to('mps')", f"`x.to('mps')` moves the tensor to MPS; {LEAVE}"),
        ("x.to(device='cpu')", f"`x.to(device='cpu')` moves the tensor to the CPU; {LEAVE}"),
        (
            "np.flip(x.numpy())",
            "`x.numpy()` uses NumPy's arrays, which work only on the CPU; compute it with torch",
        ),
        (
            "torch.set_default_device(x.device)",
            (
                "`torch.set_default_device(x.device)` changes the device of everything after it; remove it, "
                "and write `device=x.device` where you make a tensor"
            ),
        ),
    ],
)
def test_what_else_leaves_the_device(line, sentence):
    """Each way of leaving the input's device has its own explanation."""
    assert said(line) == [sentence]


@pytest.mark.parametrize(
    "line",
    [
        "torch.zeros(n, device=x.device)",
        "x.new_zeros(n)",
        "torch.zeros_like(x)",
        "x.to(x.dtype)",
        "x.to(torch.float64)",
        "torch.cat((x, x))",
        "self.zeros(n)",
        "math.floor(n)",
    ],
)
def test_what_follows_the_input_is_no_culprit(line):
    """A call that uses the input's device isn't reported as the cause."""
    assert said(line) == []


def test_the_machines_device_under_a_name():
    """A variable that stands for the machine's device is read as that device."""
    text = "def f(x, n):\n    there = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\n    x.to(there)\n"
    (one,) = misplacing(text, ASKED)
    assert (one.line, one.says) == (3, f"`x.to(there)` moves the tensor to the machine's device; {LEAVE}")


@pytest.mark.parametrize(
    ("head", "tensor"),
    [
        ("def f(signal, n):", "signal"),
        ("def helper(n, x):", "x"),
        ("def helper(n, image: torch.Tensor):", "image"),
    ],
)
def test_the_tensor_at_hand(head, tensor):
    """A parameter counts as a tensor by its annotation, its name in the exercise, or its position."""
    assert said("torch.eye(n)", head=head) == [
        f"`torch.eye(n)` makes a tensor on the CPU; write `torch.eye(n, device={tensor}.device)`"
    ]


def test_no_tensor_at_hand():
    """If no input is in scope, the fix doesn't invent a name for one."""
    assert said("torch.eye(n)", head="def helper(n):") == [
        "`torch.eye(n)` makes a tensor on the CPU; make it in a function that has an input, on its `device`"
    ]


def test_a_long_call_is_cut():
    """Only the beginning of a very long call is shown."""
    line = f"torch.tensor([{', '.join(['1.0'] * 40)}])"
    assert said(line) == [
        f"`{line[:90]}...` makes a tensor on the CPU; give it `device=x.device`",
    ]


def test_numpys_are_told_apart():
    """NumPy calls are recognised as such, because they may need no tensor at all."""
    found = list(misplacing("def f(x, n):\n    np.prod((1, 2))\n    torch.eye(n)\n", ASKED))
    assert [is_numpys(one) for one in found] == [True, False]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "torch.zeros(n, dtype=torch.float64)",
            "`torch.zeros(n, dtype=torch.float64)` makes it float64 for every input; write `x.dtype` instead",
        ),
        (
            "x.to(torch.float)",
            "`x.to(torch.float)` makes it float32 for every input; write `x.dtype` instead",
        ),
        ("x.double()", "`x.double()` makes it float64 for every input; remove it"),
        (
            "torch.zeros(n)",
            "`torch.zeros(n)` makes a tensor of torch's default dtype; give it `dtype=x.dtype`",
        ),
    ],
)
def test_a_dtype_that_is_fixed(line, sentence):
    """The call that fixes a dtype is shown with the input's dtype."""
    assert said(line, casting) == [sentence]


@pytest.mark.parametrize("line", ["torch.zeros(n, dtype=x.dtype)", "x.to(x)", "x.float(n)", "x.sum()"])
def test_a_dtype_that_follows(line):
    """A call that uses the input's dtype isn't reported as the cause."""
    assert said(line, casting) == []


@pytest.mark.parametrize("reader", [misplacing, casting])
def test_a_loop_makes_no_tensor(reader):
    """`range` is Python's `range` unless it is written as `torch.range`."""
    assert said("for i in range(n): pass", reader) == []
    assert said("torch.range(0, n)", reader) != []
