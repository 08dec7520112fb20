"""Compare the cost of a cold `grade run` of one correct toeplitz_1d with the minimum work of any grader.

    python tests/benchmarks/cold.py

Measures the CPU seconds of whole processes and their children, alternating between the two in one run,
and prints the ratio of the medians.
The plain process imports torch and runs the same tests with pytest and Hypothesis in one process. It calls the answer
directly: no worker, no messages, no replica.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
ANSWER = ROOT / "submissions/example/toeplitz_1d.py"
PLAIN = """
import sys, torch
torch.set_num_threads(1)
sys.path[:0] = [sys.argv[1], sys.argv[2]]
import pytest
from hypothesis import HealthCheck, Phase, settings
settings.register_profile("plain", max_examples=50, deadline=None, database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck))
settings.load_profile("plain")
raise SystemExit(pytest.main(["-qq", "-p", "no:cacheprovider", "-p", "no:grader", "--import-mode=importlib",
    "--rootdir", sys.argv[2], "-c", "/dev/null", sys.argv[2] + "/test_plain.py"]))
"""


def cpu_seconds(command: list[str], **options: str) -> float:
    """Return the CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **options}
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def plain_properties(folder: Path) -> None:
    """Write the exercise's tests so that they call the answer directly."""
    text = (ROOT / "exercises/toeplitz_1d/test_toeplitz_1d.py").read_text(encoding="utf-8")
    text = text.replace("import close, exactly, points, submitted", "import close, exactly")
    text = "\n".join(line for line in text.split("\n") if not line.startswith("@points"))
    text = text.replace(
        'build_toeplitz_1d = submitted("build_toeplitz_1d")',
        """
from plain_answer import build_toeplitz_1d as function


class Direct:
    __call__ = staticmethod(function)

    def inputs_after(self, *args):
        function(*args)
        return args

    def vjp(self, kernel, n, cotangent):
        kernel = kernel.clone().requires_grad_()
        return torch.autograd.grad((function(kernel, n) * cotangent).sum(), kernel)[0]


@pytest.fixture(scope="module")
def build_toeplitz_1d():
    return Direct()
""",
    )
    (folder / "test_plain.py").write_text(text, encoding="utf-8")
    (folder / "plain_answer.py").write_text(ANSWER.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> None:
    """Alternate between the two, measure, and print a table."""
    with tempfile.TemporaryDirectory() as name:
        plain_properties(Path(name))
        commands = {
            "import torch": [sys.executable, "-c", "import torch"],
            "plain process": [sys.executable, "-c", PLAIN, str(ROOT), name],
            # bubblewrap doesn't report the CPU seconds of its children, so they would not be counted.
            "grade run": [
                *(sys.executable, "-m", "grader", "run", str(ANSWER), "--without-layer", "namespaces"),
            ],
        }
        found: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(ROUNDS + 1):
            for label, command in commands.items():
                found[label].append(cpu_seconds(command))
    medians = {label: statistics.median(seconds[1:]) for label, seconds in found.items()}
    for label, seconds in medians.items():
        print(
            f"{label:<16}{seconds:6.2f} CPU s{seconds / medians['plain process']:8.2f} of the plain process"
        )


if __name__ == "__main__":
    main()
