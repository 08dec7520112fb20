"""Compare the complete terminal output, page and report of golden submissions with stored files.

`python tests/test_golden.py` grades them and rewrites all three. Review the changes afterwards.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import pages
from times import timeless

FOLDER = pages.ROOT / "tests/golden"


def golden_parts(report):
    """Return the parts that are the same on every machine."""
    kept = ("format", "seed", "score", "max_score", "exercises")
    return {name: timeless(report[name]) for name in kept}


def judged_as_text(name, folder):
    """Write the report, and return `grade run`'s output without the line that depends on the machine."""
    place = pages.GOLDEN[name].relative_to(pages.ROOT)
    done = subprocess.run(
        # The points of other devices depend on the machine.
        [sys.executable, "-m", "grader", "run", str(place), "--device", "cpu"]
        + ["--json", str(folder / "report.json")],
        cwd=pages.ROOT,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    lines = [line.rstrip() for line in done.stdout.split("\n")]
    *same, machine, following, end = lines
    assert machine.startswith("tested on cpu")
    assert following.startswith("next: fix")
    assert end == ""
    return "\n".join([*same, following]) + "\n"


def told(name, folder):
    """Return the text and the report of a golden submission from its stored files."""
    text = judged_as_text(name, folder)
    report = golden_parts(json.loads((folder / "report.json").read_text(encoding="utf-8")))
    return {f"{name}.txt": text, f"{name}.json": json.dumps(report, indent=1) + "\n"}


@pytest.mark.parametrize("name", pages.GOLDEN)
def test_what_a_learner_is_told(name, tmp_path):
    """Text and report match the golden ones, except for durations and facts about the machine."""
    if name == "troubles" and np.lib.NumpyVersion(np.__version__) < "2.0.0":
        pytest.skip("one of the troubles is a name that only NumPy 2 lacks")
    for file, content in told(name, tmp_path).items():
        assert content == (FOLDER / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", pages.GOLDEN)
def test_the_page_is_the_golden_one(name):
    """The golden report's page is identical to the golden page."""
    assert pages.golden(name).page() == (FOLDER / f"{name}.html").read_text(encoding="utf-8")


if __name__ == "__main__":
    for each in pages.GOLDEN:
        with tempfile.TemporaryDirectory() as place:
            for file, content in told(each, Path(place)).items():
                (FOLDER / file).write_text(content, encoding="utf-8")
        (FOLDER / f"{each}.html").write_text(pages.golden(each).page(), encoding="utf-8")
    # These export the reports just written.
    subprocess.run([sys.executable, FOLDER.parent / "reports/exports/test_golden_exports.py"], check=True)
