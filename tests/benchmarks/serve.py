"""Measure the time from a save to the verdict in the open page of `grade serve`.

    python tests/benchmarks/serve.py

Opens the page of toeplitz_1d in Debian's Chromium and saves a correct or a wrong answer as editors do (a new file
moved over the old one). Prints the medians and all values of two times: until the page shows the first
failing test or that all tests are met, and from Ctrl-C to the exit. A script in the page detects
these texts.
Limits: 1 s to the verdict on a correct answer, 1 s to the exit.
"""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "7"))
RIGHT = (ROOT / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
WRONG = (ROOT / "submissions/mistakes/toeplitz_1d.py").read_text(encoding="utf-8")
PATIENCE = 60
SEEN = """words => new Promise(done => {
  const place = document.getElementById("live");
  const look = () => place.textContent.includes(words) && done(observer.disconnect());
  const observer = new MutationObserver(look);
  observer.observe(place, { childList: true });
  look();
})"""


def save(path: Path, text: str) -> None:
    """Save a file as editors do."""
    path.with_suffix(".tmp").write_text(text, encoding="utf-8")
    path.with_suffix(".tmp").replace(path)


def until(page: Page, words: str) -> float:
    """Return the seconds until the live part of the page contains these words."""
    started = time.perf_counter()
    page.evaluate(SEEN, words)
    return time.perf_counter() - started


def measure(page: Page, answer: Path) -> dict[str, list[float]]:
    """Save the answers in turn and wait for the page to show each verdict."""
    found: dict[str, list[float]] = {"right: all is met": [], "wrong: the first property that isn't": []}
    right, wrong = found.values()
    until(page, "not met, 8 of 13 points")
    for turn in range(ROUNDS):
        save(answer, f"{RIGHT}# {turn}\n")
        right.append(until(page, "met, 13 of 13 points"))
        save(answer, f"{WRONG}# {turn}\n")
        wrong.append(until(page, "entries differ"))
        until(page, "not met, 8 of 13 points")
    return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "toeplitz_1d.py"
        save(answer, WRONG)
        command = [sys.executable, "-m", "grader", "serve", folder]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )  # noqa: S603
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page()
            page.goto(f"{address}exercises/toeplitz_1d.html")
            found = measure(page, answer)
            started = time.perf_counter()
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
            found["Ctrl-C: all has ended"] = [time.perf_counter() - started]
            browser.close()
    for name, seconds in found.items():
        each = " ".join(f"{one:.2f}" for one in seconds)
        print(f"{name:38} {statistics.median(seconds):.2f} s   {each}")


if __name__ == "__main__":
    main()
