"""Compare the cost of the real exercises in this checkout and in another one, in one run.

    python tests/benchmarks/engine.py [--vs CHECKOUT] [--rounds N] [--only NAME]

Measures the CPU seconds of whole processes and everything that they start. "In a cohort" is the cost of
one more submission. "Alone" is a separate run, including the start of Python and torch. CHECKOUT is a
folder with its own environment in `.venv`, such as a clone at an older commit. The two alternate, so
their ratio is valid even on a busy machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from benchmarks.beside.trials import Trial  # noqa: E402

FEW, MANY = 5, 45
EXERCISE = "toeplitz_1d"
LOOPS = (ROOT / f"submissions/example/{EXERCISE}.py").read_text(encoding="utf-8")
RIGHT = (ROOT / f"reference/{EXERCISE}/variants/gathered.py").read_text(encoding="utf-8")
FLIPPED = (ROOT / f"submissions/mistakes/{EXERCISE}.py").read_text(encoding="utf-8")
MISTAKES = [
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / f"reference/{EXERCISE}").rglob("*.py"))
    if path.parent.name not in {EXERCISE, "variants"}
]


@dataclass
class Measure:
    """A cohort of several files, or a run; `files` are used in turn."""

    name: str
    files: list[str]
    device: str
    alone: bool = False
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def take(self, checkout: Path, folder: Path) -> None:
        """Run the measurement once with a checkout's grader."""
        if self.alone:
            cost = self._taken(checkout, folder, 0)
        else:
            cost = (self._taken(checkout, folder, MANY) - self._taken(checkout, folder, FEW)) / (MANY - FEW)
        self.seconds.setdefault(str(checkout), []).append(cost)

    def _taken(self, checkout: Path, folder: Path, size: int) -> float:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            place = Path(name)
            if self.alone:
                files = self.files or [str(checkout / "submissions/example")]
                words, leaves, reports = ["run", *files, "--json", "report.json"], "report.json", 1
            else:
                self._write_cohort(place / "cohort", size)
                words, leaves, reports = ["cohort", "cohort"], "cohort-reports", size
            options = ("--course", str(checkout), "--device", self.device, "--without-layer", "namespaces")
            trial = Trial(
                [str(checkout / ".venv/bin/grade"), *words, *options, "--exit-zero"],
                place,
                lambda _: [float(len(_reports(place / leaves)))],
                leaves,
            )
            return trial.taken("cpu", [float(reports)])

    def _write_cohort(self, cohort: Path, size: int) -> None:
        for number in range(size):
            learner = cohort / f"learner{number}"
            learner.mkdir(parents=True)
            text = f"{self.files[number % len(self.files)]}\n# {number}\n"
            (learner / f"{EXERCISE}.py").write_text(text, encoding="utf-8")


def _reports(path: Path) -> list[Path]:
    """Return the score reports that a run has written."""
    return [*(path / "reports").glob("*.json")] if path.is_dir() else [path]


def measures() -> Iterator[Measure]:
    """Yield the measurements."""
    yield Measure(f"right {EXERCISE}, in a cohort, cpu", [RIGHT], "cpu")
    yield Measure(f"right {EXERCISE}, in a cohort, auto", [RIGHT], "auto")
    yield Measure(f"{EXERCISE} by loops, in a cohort, cpu", [LOOPS], "cpu")
    yield Measure("flipped kernel, in a cohort, cpu", [FLIPPED], "cpu")
    yield Measure(f"{len(MISTAKES)} known mistakes, in a cohort, auto", MISTAKES, "auto")
    yield Measure(
        f"right {EXERCISE}, alone", [str(ROOT / f"submissions/example/{EXERCISE}.py")], "auto", alone=True
    )
    yield Measure("all exercises, one run, cpu", [], "cpu", alone=True)


def main() -> None:
    """Alternate between the two, measure, and print medians and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--vs", type=Path, help="another checkout, with its environment in .venv")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="only measures with this in their name")
    chosen = parser.parse_args()
    checkouts = [ROOT, *([chosen.vs.resolve()] if chosen.vs else [])]
    with tempfile.TemporaryDirectory() as name:
        for measure in (one for one in measures() if chosen.only in one.name):
            for turn in range(chosen.rounds):
                for checkout in checkouts if turn % 2 else checkouts[::-1]:
                    measure.take(checkout, Path(name))
            here, *others = (statistics.median(measure.seconds[str(one)]) for one in checkouts)
            beside = f"  before {others[0]:7.3f}  ratio {here / others[0]:.2f}" if others else ""
            print(f"{measure.name:<46}{here:8.3f} CPU s{beside}", flush=True)


if __name__ == "__main__":
    main()
