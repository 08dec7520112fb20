"""Correct submissions lose no points when other submissions use as much of the machine as they can."""

import json
import os
import shutil
import subprocess
import sys

import pytest

RIGHT = 4
GREEDY = [
    "fills_the_disk",
    "makes_very_many_files",
    "makes_very_many_folders",
    "makes_holes",
    "holds_all_memory",
    "holds_memory_in_pipes",
    "starts_threads_of_small_stacks",
    "computes_in_many_threads",
    "prints_without_end",
]
EXERCISE = "toeplitz_1d"
pytestmark = pytest.mark.slow


@pytest.fixture
def neighbours(tmp_path, root):
    """Correct submissions with greedy ones among them."""
    folder = tmp_path / "handed_in"
    for place, name in enumerate(GREEDY):
        (folder / f"{place}-{name}").mkdir(parents=True)
        shutil.copy(root / f"tests/hostile/{name}.py", folder / f"{place}-{name}/{EXERCISE}.py")
    for place in range(RIGHT):
        (folder / f"{2 * place}-right").mkdir()
        shutil.copy(root / f"submissions/example/{EXERCISE}.py", folder / f"{2 * place}-right")
    return folder


def judged(folder, *options, before=(), environment=None):
    """Grade a cohort on the CPU. Return its exit code and each report by folder name."""
    out = folder.with_name("out")
    command = [sys.executable, "-m", "grader", "cohort", folder, "--json-dir", out, "--jobs", "2"]
    done = subprocess.run(
        [*before, *command, "--device", "cpu", *options],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    found = {path.stem: json.loads(path.read_bytes()) for path in (out / "reports").glob("*.json")}
    return done.returncode, found


def test_the_greedy_cost_the_right_nothing(neighbours):
    """Correct submissions get full marks and greedy ones none."""
    code, found = judged(neighbours)
    assert code == 1
    assert len(found) == RIGHT + len(GREEDY)
    marks = {name: report["score"] for name, report in found.items()}
    assert marks == {name: 13.0 if name.endswith("right") else 0.0 for name in found}


def test_a_full_disk_costs_no_point(neighbours, tmp_path):
    """If all workers share a small disk, correct submissions get full marks or aren't graded."""
    small = tmp_path / "small"
    small.mkdir()
    script = 'mount -t tmpfs -o size=100m none "$TMPDIR" && exec "$@"'
    before = ["unshare", "-rm", "sh", "-c", script, "sh"]
    tried = subprocess.run(
        [*before, "true"], env={**os.environ, "TMPDIR": str(small)}, capture_output=True, check=False
    )
    if tried.returncode:
        pytest.skip("no process may mount for itself here")
    for name in ("makes_very_many_folders", "makes_holes", "computes_in_many_threads", "prints_without_end"):
        shutil.rmtree(next(neighbours.glob(f"*-{name}")))
    withheld = [part for layer in ("scratch", "namespaces") for part in ("--without-layer", layer)]
    code, found = judged(neighbours, *withheld, before=before, environment={"TMPDIR": str(small)})
    assert code in {1, 3}
    assert any(name.endswith("right") for name in found)
    assert {report["score"] for name, report in found.items() if name.endswith("right")} == {13.0}
