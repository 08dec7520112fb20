"""What the tests of the commands share: a course with a learner's folder of its own."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own_course(tmp_path):
    """A copy of the course with a learner's folder of its own."""
    for name in ("exercises", "reference"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "submissions/me").mkdir(parents=True)
    return tmp_path
