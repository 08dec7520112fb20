"""Compare some exports of golden reports with the stored files.

`python tests/reports/exports/test_golden_exports.py` rewrites the stored files.
Review the changes afterwards.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
import pages
from exporting import changed, exported

from grader.report_model import Submission

FOLDER = pages.ROOT / "tests/golden/exports"
MISTAKES = pages.golden("mistakes").report
TROUBLES = changed(pages.golden("troubles").report, submission=Submission("submissions/bob", "c3" * 32))
FILES = {
    "mistakes.summary.md": ("github-summary", MISTAKES),
    "mistakes.annotations.txt": ("github-annotations", MISTAKES),
    "mistakes.junit.xml": ("junit", MISTAKES),
    "mistakes.classroom50.json": ("classroom50", MISTAKES),
    "troubles.exercism.json": ("exercism", TROUBLES),
    "both.canvas.csv": ("canvas-csv", MISTAKES, TROUBLES),
    "both.moodle.csv": ("moodle-csv", MISTAKES, TROUBLES),
}


@pytest.mark.parametrize("file", FILES)
def test_the_file_is_the_golden_one(file):
    """The file is identical to the golden one, byte for byte."""
    form, *reports = FILES[file]
    assert exported(form, *reports).encode() == (FOLDER / file).read_bytes()


if __name__ == "__main__":
    for each, (form, *reports) in FILES.items():
        (FOLDER / each).write_bytes(exported(form, *reports).encode())
