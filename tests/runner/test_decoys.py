"""A method counts only if the answer uses it.

A correct answer by another method earns no points for the required method.
"""

import pytest

PRODUCT = """
import torch

def convolve_via_matrix(x, kernel):
    if x.dim() != 1 or kernel.dim() != 1 or not 1 <= len(kernel) <= len(x):
        raise ValueError("x and kernel")
    m = len(x) - len(kernel) + 1
    {decoy}
    return {answer}
"""
SUM = "sum(tap * x[j : j + m] for j, tap in enumerate(kernel))"
INTEGERS = """
import torch

def multiply_polynomials(p, q):
    if p.dim() != 1 or q.dim() != 1 or len(p) == 0 or len(q) == 0:
        raise ValueError("coefficients")
    m = len(p) + len(q) - 1
    return torch.fft.irfft(torch.fft.rfft(p, m) * torch.fft.rfft(q, m), m)

def multiply_integers(a, b):
    if type(a) is not int or type(b) is not int:
        raise TypeError("integers")
    torch.fft.rfft(torch.ones(8))
    return a * b
"""
BLOCKS = """
import torch

def overlap_add(x, h, block):
    if x.dim() != 1 or h.dim() != 1 or len(x) == 0 or len(h) == 0 or block < 1:
        raise ValueError("x, h, block")
    torch.fft.rfft(x[:block], block + len(h) - 1)
    if len(x) < 1000:
        y = x.new_zeros(len(x) + len(h) - 1)
        for j, tap in enumerate(h):
            y[j : j + len(x)] += tap * x
        return y
    m = len(x) + len(h) - 1
    return torch.fft.irfft(torch.fft.rfft(x, m) * torch.fft.rfft(h, m), m)
"""
DECOYS = {
    "a product of nothing": (
        "convolve_via_matrix",
        "product",
        PRODUCT.format(decoy="torch.zeros(m, len(x)) @ torch.zeros(len(x))", answer=SUM),
    ),
    "a product that is left out": (
        "convolve_via_matrix",
        "product",
        PRODUCT.format(
            decoy="waste = (x.new_ones(m, len(x)) @ x).sum()", answer=f"{SUM} + 0 * waste.detach()"
        ),
    ),
    "a product for each entry": (
        "convolve_via_matrix",
        "product",
        PRODUCT.format(decoy="", answer="torch.stack([x[i : i + len(kernel)] @ kernel for i in range(m)])"),
    ),
    "a transform of ones": ("multiplication", "method", INTEGERS),
    "a transform of the first block": ("overlap_add", "method", BLOCKS),
}


@pytest.fixture(scope="module")
def results(judged):
    """Return the result of each decoy."""
    return dict(zip(DECOYS, judged([(exercise, text) for exercise, _, text in DECOYS.values()]), strict=True))


@pytest.mark.parametrize("decoy", DECOYS)
def test_a_decoy_is_no_method(decoy, results):
    """The property that requires the method is not met, although the values are correct."""
    verdicts = {one.id: one.verdict for one in results[decoy].properties}
    assert verdicts["values"] == "met"
    assert verdicts[DECOYS[decoy][1]] == "not met"
