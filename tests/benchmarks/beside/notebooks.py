"""The notebooks of the nbgrader assignment: an answer cell and a test cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SOLUTION = '''def build_toeplitz_1d(kernel, n):
    """Return the matrix T with T x the valid cross-correlation of x with the kernel."""
    ### BEGIN SOLUTION
    ### END SOLUTION
'''
TEST = "from judging import check\n\ncheck(build_toeplitz_1d)\n"


def write_source(path: Path) -> None:
    """Write the instructor's notebook."""
    answered = {"grade": False, "solution": True, "locked": False}
    tested = {"grade": True, "solution": False, "locked": True, "points": 1}
    notebook = {
        "cells": [_cell("answer", SOLUTION, answered), _cell("values", TEST, tested)],
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    _write(path, notebook)


def write_answered(released: Path, path: Path, answer: str) -> None:
    """Write a submission: the released notebook with an answer in its first cell."""
    notebook = json.loads(released.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = answer
    _write(path, notebook)


def _cell(name: str, source: str, role: dict[str, Any]) -> dict[str, Any]:
    tagged = {"nbgrader": {"grade_id": name, "schema_version": 3, "task": False, **role}}
    return {
        "cell_type": "code",
        "id": name,
        "source": source,
        "metadata": tagged,
        "outputs": [],
        "execution_count": None,
    }


def _write(path: Path, notebook: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
