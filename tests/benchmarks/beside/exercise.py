"""The exercise for all measurements: a course with one test of 100 cases, and the same cases as a file."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import hypothesis
import torch
from hypothesis import given, settings
from torch import Tensor

from grader.course_settings import DEFAULT_SEED
from grader.runner.hypothesis_profile import PROFILE
from grader.strategies import kernels, signals

ROOT = Path(__file__).resolve().parents[3]
EXERCISE = "toeplitz_1d"
CASES = 100
RIGHT = (ROOT / f"submissions/example/{EXERCISE}.py").read_text(encoding="utf-8")
WRONG = (ROOT / f"submissions/mistakes/{EXERCISE}.py").read_text(encoding="utf-8")
# The seed that a run of the course gives to this test: the grader draws exactly the stored cases.
SEED = int.from_bytes(hashlib.sha256(f"{DEFAULT_SEED}:{EXERCISE}:values".encode()).digest()[:8], "big")

PROPERTY = f'''"""What is true of the Toeplitz matrix of a 1-D cross-correlation."""

import torch
from hypothesis import given, settings

from grader import close, points, submitted
from grader.strategies import kernels, signals
from reference.formulas.one_dimension import cross_correlate

build_toeplitz_1d = submitted("build_toeplitz_1d")


@points(1)
@settings(max_examples={CASES})
@given(kernel=kernels(max_size=4, dtype=torch.float32), x=signals(min_size=4, max_size=8, dtype=torch.float32))
def test_values(build_toeplitz_1d, kernel, x):
    """T x is the valid cross-correlation of x with the kernel."""
    assert build_toeplitz_1d(kernel, len(x)) @ x == close(cross_correlate(x, kernel))
'''


def draw() -> list[dict[str, list[float]]]:
    """Draw the cases: kernels and signals from the course's strategies with its seed."""
    cases: list[dict[str, list[float]]] = []

    @hypothesis.seed(SEED)
    @settings(PROFILE, max_examples=CASES)
    @given(
        kernel=kernels(max_size=4, dtype=torch.float32),
        x=signals(min_size=4, max_size=8, dtype=torch.float32),
    )
    def note(kernel: Tensor, x: Tensor) -> None:
        cases.append({"kernel": kernel.tolist(), "x": x.tolist()})

    note()
    return cases


def write_shared(folder: Path) -> None:
    """Write the files that the peers share: the cases, the loop oracle, and the comparison."""
    folder.mkdir()
    (folder / "cases.json").write_text(json.dumps(draw()), encoding="utf-8")
    (folder / "seeded.py").write_text(f"SEED = {SEED}\n", encoding="utf-8")
    shutil.copy(ROOT / "reference/formulas/one_dimension.py", folder)
    shutil.copy(Path(__file__).with_name("files") / "judging.py", folder)


def write_course(folder: Path) -> None:
    """Write a course with this one exercise and its one test."""
    for part in (f"exercises/{EXERCISE}", f"reference/{EXERCISE}", "reference/formulas"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / f"exercises/{EXERCISE}/test_{EXERCISE}.py").write_text(PROPERTY, encoding="utf-8")
    settings_file = folder / f"exercises/{EXERCISE}/exercise.toml"
    alone = re.sub(r"(?m)^after = .*\n", "", settings_file.read_text(encoding="utf-8"))
    settings_file.write_text(alone, encoding="utf-8")
    text = '[tool.grader]\ntitle = "One exercise"\nchapters = ["1 Toeplitz matrices"]\n'
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
