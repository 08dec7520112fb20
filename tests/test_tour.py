"""The tour runs, names every exercise, and contains its real output."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

TOUR = Path(__file__).resolve().parent.parent / "exercises/tour.ipynb"


# It runs in a separate process: otherwise a later test would be blamed for what Jupyter leaves open.
EXECUTE = """
import sys, nbclient, nbformat
from jupyter_client import AsyncKernelManager

book = nbformat.read(sys.argv[1], as_version=4)
for cell in book.cells:
    if cell.cell_type == "code":
        cell.outputs = []
nbclient.NotebookClient(book, km=AsyncKernelManager(transport="ipc", ip=sys.argv[3]), timeout=120).execute()
nbformat.write(book, sys.argv[2])
"""


def texts(cells, kind):
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def printed(cell):
    return "".join("".join(one["text"]) for one in cell["outputs"] if one["output_type"] == "stream")


def pictures(cell):
    return sum("image/png" in one.get("data", {}) for one in cell["outputs"])


def test_every_exercise_has_its_place(course):
    """The headings name exactly the exercises."""
    named = [
        name
        for text in texts(json.loads(TOUR.read_text())["cells"], "markdown")
        for line in text.splitlines()
        if line.startswith("#")
        for name in line.split("`")[1::2]
    ]
    assert sorted(named) == sorted(course.exercises)


@pytest.mark.slow
def test_the_tour_runs(tmp_path):
    """The tour's cells, run in order, print and draw the stored output."""
    for name in ("nbclient", "nbformat", "ipykernel", "matplotlib"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed here: pip install -e '.[test]' brings it")
    executed = tmp_path / "tour.ipynb"
    done = subprocess.run(
        [sys.executable, "-c", EXECUTE, TOUR, executed, tmp_path / "kernel"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    stored, fresh = (json.loads(path.read_text())["cells"] for path in (TOUR, executed))
    for old, new in zip(stored, fresh, strict=True):
        if new["cell_type"] == "code":
            assert (printed(new), pictures(new)) == (printed(old), pictures(old))
