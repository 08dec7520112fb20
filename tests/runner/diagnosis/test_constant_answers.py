"""An answer that doesn't depend on the inputs earns almost nothing."""

import pytest
import torch

from grader.runner.call import Call
from grader.runner.call_log import Exchange
from grader.runner.diagnosis.constant_answers import constant
from grader.sandbox.wire import Raised, Returned

CONSTANT = """
import torch

right = {{}}
exec({source!r}, right)


def constant(value, args):
    if isinstance(value, tuple):
        return tuple(constant(part, args) for part in value)
    if not isinstance(value, torch.Tensor):
        return type(value)({number})
    return {answer}


def answering(name):
    return lambda *args, **kwargs: constant(right[name](*args, **kwargs), (*args, *kwargs.values()))


for name in {names!r}:
    globals()[name] = answering(name)
"""
ANSWERS = {
    "zeros": (0, "torch.zeros_like(value)"),
    "ones": (1, "torch.ones_like(value)"),
    "an input": (
        1,
        "next((one for one in args if isinstance(one, torch.Tensor) and one.shape == value.shape), 0 * value)",
    ),
    "the identity": (1, "torch.eye(*value.shape).to(value) if value.dim() == 2 else 0 * value"),
}
A_FIFTH = 0.2


def exchanges(*pairs):
    return [Exchange(Call("f", "call", args), Returned(answer)) for args, answer in pairs]


X = torch.arange(1.0, 5.0)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("0 everywhere", [((X[:n],), torch.zeros(n)) for n in (1, 2, 3, 4, 2, 3)]),
        ("1 everywhere", [((n,), 1) for n in range(6)]),
        ("an input", [((3, X[:n]), X[:n]) for n in (1, 2, 3, 4, 2, 3)]),
        ("the identity", [((n,), torch.eye(n, n + 1)) for n in (1, 2, 3, 4, 2, 3)]),
        (None, [((n,), torch.eye(n)) for n in (1, 2, 3)]),
        (None, [((X[:n],), X[:n].flip(0)) for n in (1, 2, 3, 4, 2, 3)]),
        (None, [((n,), n) for n in range(6)]),
        (None, [((n,), None) for n in range(6)]),
        (None, [((n,), 2**64) for n in range(6)]),
        (None, [((n,), 10**400) for n in range(6)]),
        (None, [((n,), float("nan")) for n in range(6)]),
        ("inf everywhere", [((n,), float("inf")) for n in range(6)]),
        (None, [((n,), torch.zeros(0)) for n in range(6)]),
    ],
)
def test_what_never_changes_is_seen(said, answers):
    """Zeros, a single number, an input and the identity are recognised if enough answers all match."""
    assert constant(exchanges(*answers)) == said


def test_only_what_was_returned_counts():
    """Exceptions and gradients don't count as answers."""
    zeros = exchanges(*[((n,), 0) for n in range(6)])
    other = [
        Exchange(Call("f", "call", ()), Raised("ValueError", ["ValueError"], "", 1)),
        Exchange(Call("f", "vjp", ()), Returned(5)),
    ]
    assert constant([*zeros, *other]) == "0 everywhere"


@pytest.mark.slow
def test_a_right_matrix_of_a_wrong_kind_is_no_constant(judged):
    """A NumPy array with correct entries isn't a constant, even if it sometimes is the identity."""
    text = (
        "import numpy as np\n\ndef build_toeplitz_1d(kernel, n):\n"
        "    k = len(kernel)\n    T = np.zeros((n - k + 1, n), dtype=np.float32)\n"
        "    for i in range(n - k + 1):\n        T[i, i : i + k] = kernel\n    return T\n"
    )
    (result,) = judged([("toeplitz_1d", text)])
    assert not [one.id for one in result.properties if "every answer" in (one.reason or "")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [one if one == "zeros" else pytest.param(one, marks=pytest.mark.nightly) for one in ANSWERS]
)
def test_no_constant_answer_earns_a_fifth(course, judged, kind):
    """Constant answers of the right shape and dtype still earn less than a fifth of the points."""
    number, answer = ANSWERS[kind]
    texts = [
        (
            one.id,
            CONSTANT.format(
                source=one.solution.read_text(encoding="utf-8"),
                names=list(one.functions),
                number=number,
                answer=answer,
            ),
        )
        for one in course.exercises.values()
    ]
    earned = {one.id: one.score / one.max_score for one in judged(texts)}
    assert {name: share for name, share in earned.items() if share > A_FIFTH} == {}
