"""Test figures of complex vectors."""

import math

import pages
import pytest

from grader.reports import figure_cells, spectra
from grader.reports.figures import Look


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ([0.0, 2.0], "2 ∠ 90°"),
        ([-1.0, 0.0], "1 ∠ 180°"),
        ([1.0, -0.0], "1 ∠ 0°"),
        (-3.0, "3 ∠ 180°"),
        ([0.0, 0.0], "0"),
        ([1.0, None], "not finite"),
        (math.inf, "not finite"),
    ],
)
def test_magnitude_and_phase(entry, words):
    """A number is described by its magnitude and its angle in degrees."""
    assert spectra.polar_form(entry, 5) == words


def test_a_bar_is_as_tall_as_its_magnitude():
    """Bars are scaled so that the largest magnitude fills the height; NaN and infinity have no bar."""
    whole = figure_cells.grid(pages.vector([0.0, 4.0], [2.0, 0.0], [None, 0.0], dtype="complex64"))
    found = spectra.bars(whole, [True, False, False], Look(4.0, 5, 32), name="Your result", mark="w")
    bars = found.svg.split('<path class=bar d="')[1].split('"')[0].strip("z").split("z")
    assert [int(bar.split("v")[1].split("h")[0]) for bar in bars] == [72, 36, 0]
    assert found.svg.count("class=mw") == found.svg.count("class=x") == 1


def test_bars_are_for_complex_vectors():
    """A matrix is drawn as cells, and so is a vector if neither of the compared values is complex."""
    line, complex_line = (
        figure_cells.grid(pages.vector(1.0)),
        figure_cells.grid(pages.vector([1.0, 0.0], dtype="complex64")),
    )
    square = figure_cells.grid(pages.matrix([[1.0, 0.0]], dtype="complex64"))
    assert spectra.is_spectrum(line, complex_line)
    assert not spectra.is_spectrum(line, line)
    assert not spectra.is_spectrum(square, square)
    assert not spectra.is_spectrum(None, None)
