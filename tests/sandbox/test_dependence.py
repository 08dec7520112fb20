"""Distinguish the computations that an answer depends on from those that merely ran."""

import pytest
import torch

from grader.sandbox import instrumentation

X, H = torch.arange(1.0, 7.0), torch.tensor([1.0, 2.0])


def through(x, h):
    size = len(x) + len(h)
    return torch.fft.irfft(torch.fft.rfft(x, size) * torch.fft.rfft(h, size), size)


def thrown_away(x, h):
    torch.fft.rfft(torch.ones(8))
    return torch.mv(x.unfold(0, 2, 1), h)


def partly(x, h):
    torch.fft.fft(x)
    return through(x, h)


def in_place(x, h):
    out = x.new_zeros(len(x) - 1)
    x[0] += 1
    return torch.mv(x.unfold(0, 2, 1), h, out=out)


def sparse(x, h):
    return torch.diag(x).to_sparse() @ torch.ones(len(x), 1)


def balanced(x, h):
    """Carry digits in Python; this would never end if the transform's results had the opposite sign."""
    number, carry = 0, int(through(x, h).sum().round())
    while carry:
        number, carry = number * 10 + carry % 10, carry // 10
    return number


def checked(x, h):
    if torch.fft.rfft(x)[0].real.item() != x.sum().item():
        raise ArithmeticError
    return x


@pytest.mark.parametrize(
    ("function", "kind", "sizes"),
    [
        (through, "transforms", [8]),
        (balanced, "transforms", [8]),
        (thrown_away, "transforms", []),
        (partly, "transforms", [8]),
        (thrown_away, "products", [[1, 2], [5, 2]]),
        (in_place, "products", [[1, 2], [5, 2]]),
        (sparse, "products", [[1, 6], [6, 6]]),
        (lambda x, h: x @ torch.ones(6) * 0 + 3, "products", []),
        (lambda x, h: x[:2] @ h, "products", [[1, 2]]),
        (lambda x, h: torch.einsum("i,ij->j", x, torch.ones(6, 3)), "products", [[1, 6], [3, 6]]),
        (checked, "transforms", [6]),
    ],
)
def test_only_what_decides_the_answer_counts(function, kind, sizes):
    """A transform or product counts if the answer changes without it; inputs stay unchanged."""
    x, h = X.clone(), H.clone()
    assert instrumentation.run(kind, function, [x, h], {}, None) == sizes
    assert torch.equal(x, X)


def test_of_an_answer_of_zeros_nothing_is_said():
    """Zeros count as depending on everything that ran, because doubling zeros changes nothing."""
    assert instrumentation.run("products", lambda x: x @ x, [torch.zeros(3)], {}, None) == [[1, 3]]
