"""Measure the time from a save to the verdict in `grade watch`.

    python tests/benchmarks/watch.py

Runs `grade watch` in its own terminal and saves a correct or a wrong toeplitz_1d as editors do (a new file moved
over the old one). Prints the medians and all values of the seconds until the screen shows the first
failing test or that all tests are met. Limits: 0.5 s to the first failing test, 1 s to the verdict on a
correct answer.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "7"))
RIGHT = (ROOT / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
WRONG = (ROOT / "submissions/mistakes/toeplitz_1d.py").read_text(encoding="utf-8")
PATIENCE = 60


def until(screen: int, text: bytes) -> float:
    """Read the screen until a text appears and return the seconds."""
    started, drawn = time.perf_counter(), b""
    while text not in drawn:
        if not select.select([screen], [], [], PATIENCE)[0]:
            raise SystemExit(f"{text!r} never came; the screen showed {drawn[-2000:]!r}")
        drawn += os.read(screen, 1 << 16)
    return time.perf_counter() - started


def save(path: Path, text: str) -> None:
    """Save a file as editors do."""
    path.with_suffix(".tmp").write_text(text, encoding="utf-8")
    path.with_suffix(".tmp").replace(path)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "toeplitz_1d.py"
        save(answer, WRONG)
        screen, terminal = pty.openpty()
        command = [sys.executable, "-m", "grader", "watch", folder]
        environment = {**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"}
        process = subprocess.Popen(  # noqa: S603
            command, stdin=terminal, stdout=terminal, stderr=terminal, cwd=ROOT, env=environment
        )
        os.close(terminal)
        print(f"from the start to the first verdict: {until(screen, b'checked in'):.2f} s")
        first, whole, right = [], [], []
        for turn in range(ROUNDS):
            save(answer, f"{RIGHT}# {turn}\n")
            right.append(until(screen, b"14/14 points"))
            save(answer, f"{WRONG}# {turn}\n")
            begun = time.perf_counter()
            first.append(until(screen, b"entries differ"))
            until(screen, b"checked in")
            whole.append(time.perf_counter() - begun)
        os.write(screen, b"q")
        process.wait(PATIENCE)
    for name, seconds, bar in (
        ("right: all is met", right, "1.0"),
        ("wrong: the first property that isn't", first, "0.5"),
        ("wrong: all verdicts", whole, "-"),
    ):
        each = " ".join(f"{one:.2f}" for one in seconds)
        print(f"{name:38} {statistics.median(seconds):.2f} s (bar {bar})   {each}")


if __name__ == "__main__":
    main()
