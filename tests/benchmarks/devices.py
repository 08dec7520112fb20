"""Measure the cost that another device adds to `grade run`: compare `--device cpu` with `--device auto`.

    python tests/benchmarks/devices.py [SUBMISSION [EXERCISE...]]

Prints the seconds of both runs, and the seconds of the second run's tests by device. The latter come
from one run, test by test, so their ratio hardly depends on the machine's load.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def judged(device, submission, exercises):
    """Return the seconds of a run and its report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        chosen = [word for name in exercises for word in ("-e", name)]
        command = [sys.executable, "-m", "grader", "run", submission, *chosen, "--device", device]
        started = time.perf_counter()
        subprocess.run(
            [*command, "--json", str(path), "--exit-zero"], cwd=ROOT, check=True, stdout=sys.stderr
        )
        return time.perf_counter() - started, json.loads(path.read_text())


def main(submission="submissions/example", *exercises):
    """Grade twice and print the ratios."""
    alone, _ = judged("cpu", submission, exercises)
    both, report = judged("auto", submission, exercises)
    spent = Counter()
    for exercise in report["exercises"]:
        for one in exercise["properties"]:
            spent[one["device"]] += one["duration"]
    first, *others = spent
    print(f"whole run: cpu {alone:.1f} s, auto {both:.1f} s, {both / alone:.2f} times as long")
    for device in others:
        print(
            f"properties: {first} {spent[first]:.1f} s, {device} {spent[device]:.1f} s: "
            f"{spent[device] / spent[first]:.2f} of the pass on {first}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
