"""Formulas of `[measure]`: numbers, shapes, and nothing else."""

import pytest

from grader.errors import GraderError
from grader.measure_settings import amount


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("n", 64),
        ("n // 4 + 1", 17),
        ("2 * (n - n // 4 + 1) * (n // 4)", 2 * 49 * 16),
        ("5 * n * log2(n)", 1920.0),
        ("min(n, 48)", 48),
        ("[n // 4]", (16,)),
        ("[3, n % 7 + 1, 2]", (3, 2, 2)),
    ],
)
def test_formulas(formula, value):
    """A formula is a number, a formula in brackets the shape of a tensor."""
    assert amount(formula, 64) == value


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "n +",
        "m",
        "n ** n",
        "__import__('os')",
        "n.real",
        "[0]",
        "[n / 7]",
        "[n * 10**99]",
        "1 // 0",
        "'n'",
    ],
)
def test_anything_else_is_an_error(formula):
    """Anything else gets an error that shows the formula."""
    with pytest.raises(GraderError) as refused:
        amount(formula, 64)
    assert refused.value.slug == "measure-formula"
    assert formula in refused.value.found
