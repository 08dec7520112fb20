"""Test formulas as plain text."""

import pytest

from grader.reports.mathtext import for_terminal, plain


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (r"y_i = \sum_{j=0}^{k-1} h_j \, x_{i+j}", "y[i] = Σ(j=0..k-1) h[j] x[i+j]"),
        (r"1 \le k \le n", "1 ≤ k ≤ n"),
        (r"\frac{a}{b}", "(a)/(b)"),
        (r"\mathrm{kernel}_j", "kernel[j]"),
        (r"n \log_2 n", "n log2 n"),
        (r"x^{2}", "x^2"),
        (r"\unknown x", "unknown x"),
        (r"\sum_i g_i", "Σ(i) g[i]"),
        (r"\sum_{c=0}^{C_{in}-1} w_c", "Σ(c=0..C[in]-1) w[c]"),
        (r"\left\lfloor \frac{o}{C_{out} / G} \right\rfloor", "⌊ (o)/(C[out] / G) ⌋"),
        (r"x_{i s_0 + a}", "x[i s[0] + a]"),
        (r"\frac{2^{10}}{n}", "(2^(10))/(n)"),
        (r"\langle x, y \rangle", "⟨ x, y ⟩"),
    ],
)
def test_a_formula_can_be_read(formula, text):
    """Sums, indices, fractions and signs are written the way a person would type them."""
    assert plain(formula) == text


def test_inline_and_displayed():
    """A displayed formula becomes a block; an inline formula stays on its line."""
    assert for_terminal("a $x_i$ b\n$$y$$") == "a `x[i]` b\n\n```\ny\n```\n"
