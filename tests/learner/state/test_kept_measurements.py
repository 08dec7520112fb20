"""The latest measurement of each exercise is kept in the learner's folder, as long as the text is the same."""

import dataclasses

import pages
import pytest

from grader.learner.state import kept_measurements
from grader.measure_model import Contender, MeasuredPoint, Measurement
from grader.source_text import SourceText

TEXT = SourceText("def f():\n    return 1\n", "toeplitz_1d.py")


def measurement(source=TEXT, exercise="toeplitz_1d"):
    return Measurement(
        format=1,
        tool=pages.report().tool,
        exercise=exercise,
        title="A title",
        function="f",
        sha256=kept_measurements.digest_of(source),
        size="the length",
        device="cpu",
        environment=pages.report().environment,
        contenders=[Contender("yours", "Your answer.", "yours", [MeasuredPoint(16, 1e-4, 0.01, 7)])],
        operations={16: 32.0},
        compared=16,
        agrees=True,
    )


@pytest.fixture
def folder(course, tmp_path):
    """A course whose learner's folder is here."""
    own = dataclasses.replace(course, root=tmp_path)
    own.learners_folder.mkdir(parents=True)
    return own


def test_a_measurement_comes_back(folder):
    """A measurement of the learner's own folder comes back for the same text."""
    kept_measurements.keep(folder, folder.learners_folder, measurement())
    assert kept_measurements.recall(folder.learners_folder, {"toeplitz_1d": TEXT}) == {
        "toeplitz_1d": measurement()
    }


def test_a_changed_text_has_no_measurement(folder):
    """After a change, the measurement is of another text, so it isn't shown."""
    kept_measurements.keep(folder, folder.learners_folder, measurement())
    changed = SourceText("def f():\n    return 2\n", "toeplitz_1d.py")
    assert kept_measurements.recall(folder.learners_folder, {"toeplitz_1d": changed}) == {}


def test_nothing_is_written_elsewhere(folder, tmp_path):
    """A measurement of another folder isn't stored there."""
    other = tmp_path / "ada"
    other.mkdir()
    kept_measurements.keep(folder, other, measurement())
    assert list(other.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": 2}', b"\xff"])
def test_a_damaged_file_is_ignored(folder, content):
    """A damaged file counts as none."""
    kept_measurements.keep(folder, folder.learners_folder, measurement())
    (folder.learners_folder / ".grader/measured-toeplitz_1d.json").write_bytes(content)
    assert kept_measurements.recall(folder.learners_folder, {"toeplitz_1d": TEXT}) == {}
