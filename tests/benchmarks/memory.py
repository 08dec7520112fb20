"""Measure the peak memory of trusted processes while tests/hostile is graded as one cohort.

    python tests/benchmarks/memory.py

Looks at the run's processes thirty times a second. The kernel records each process's peak. Workers
are recognised by their system call filter. Exits with code 1 if a trusted process exceeds 700 MiB.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from families import family, is_worker, memory_of  # noqa: E402

BAR = 700


def peaks_of(pid: int) -> dict[str, float]:
    """Return the largest peak of the run's workers and of its other processes, in MiB."""
    found: dict[str, float] = {}
    for one in family(pid):
        kind = "worker" if is_worker(one) else "trusted process"
        found[kind] = max(found.get(kind, 0.0), memory_of(one, "VmHWM"))
    return found


def main() -> None:
    """Grade, measure and print."""
    with tempfile.TemporaryDirectory() as place:
        for path in sorted((ROOT / "tests/hostile").glob("*.py")):
            if not path.name.startswith("test_"):
                folder = Path(place) / "handed_in" / path.stem
                folder.mkdir(parents=True)
                shutil.copy(path, folder / "toeplitz_1d.py")
        command = [
            sys.executable,
            "-m",
            "grader",
            "cohort",
            f"{place}/handed_in",
            "--json-dir",
            f"{place}/out",
        ]
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        peaks: dict[str, float] = {}
        while run.poll() is None:
            for kind, peak in peaks_of(run.pid).items():
                peaks[kind] = max(peaks.get(kind, 0.0), peak)
            time.sleep(1 / 30)
        count = len([*Path(place).glob("out/reports/*.json")])
    print(f"{count} reports; " + "; ".join(f"largest {kind}: {peak:.0f} MiB" for kind, peak in peaks.items()))
    raise SystemExit(1 if peaks["trusted process"] > BAR else 0)


if __name__ == "__main__":
    main()
