"""Kill each process of a command at random times. Check its output, its exit code and what it leaves behind.

    KILLS=15 python tests/benchmarks/kills.py [run] [cohort] [watch] [serve]

For each command and each kind of process (main process, zygote, runner, template, worker): start the command
KILLS times and send SIGKILL to one such process. The command must end with 0 or 1 and a complete report, or with 3
and a four-line error. A killed main process ends with the signal. Ten seconds later, no process
and no folder may be left, and no traceback may have been printed. Exits with code 1
if anything else happens.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from families import bearing, command_of, family, is_worker  # noqa: E402

KILLS = int(os.environ.get("KILLS", "15"))
PATIENCE = 10.0
LIMIT = 120.0
ANSWERS = ("toeplitz_1d", "circulant", "toeplitz_full")
# Maximum seconds between start and kill. `watch` and `serve` are asked to end some seconds later.
SPAN = {"run": 3.0, "cohort": 6.0, "watch": 5.0, "serve": 5.0}
STAYS = ("watch", "serve")


def roles(main: int) -> dict[str, list[int]]:
    """Return the processes of a command by kind."""
    parents = family(main)
    servers = [
        pid
        for pid in parents
        if b"grader.sandbox.zygote" in command_of(pid) and not command_of(pid)[0].endswith(b"bwrap")
    ]
    found: dict[str, list[int]] = {
        "main": [main],
        "zygote": [],
        "runner": [],
        "template": [],
        "worker": [],
    }
    for pid in servers:
        if is_worker(pid):
            found["worker"].append(pid)
        elif parents[pid] not in servers:
            found["zygote"].append(pid)
    for pid in servers:
        if pid not in found["worker"] and pid not in found["zygote"]:
            found["runner" if parents[pid] in found["zygote"] else "template"].append(pid)
    return found


@dataclass
class Try:
    """One run of a command in its own folder."""

    command: str
    place: Path

    def start(self) -> None:
        """Start the command."""
        self.scratch, self.answers = self.place / "tmp", self.place / "answers"
        self.scratch.mkdir()
        people = ["ann", "bob", "cem", "dan"] if self.command == "cohort" else [""]
        for person in people:
            for name in ANSWERS:
                (self.answers / person).mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / f"submissions/example/{name}.py", self.answers / person)
        options = {
            "run": ["--json", self.place / "report.json"],
            "cohort": ["--json-dir", self.place / "out", "--jobs", "2"],
            "watch": [],
            "serve": ["--no-open"],
        }[self.command]
        self.error = self.place / "error"
        with self.error.open("wb") as said:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "grader", self.command, self.answers, *options],
                cwd=ROOT,
                env={**os.environ, "TMPDIR": str(self.scratch)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def kill(self, role: str, after: float) -> bool:
        """Kill a process of that kind some time after the start. Return whether there was one."""
        time.sleep(after)
        deadline = time.monotonic() + SPAN[self.command]
        while self.process.poll() is None and time.monotonic() < deadline:
            if there := roles(self.process.pid)[role]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(random.choice(there), signal.SIGKILL)  # noqa: S311
                    return True
            time.sleep(0.01)
        return False

    def end(self) -> int:
        """Wait for the command to end. If it keeps running, save an answer once more, then interrupt it."""
        if self.command in STAYS and self.process.poll() is None:
            time.sleep(0.5)
            (self.answers / f"{ANSWERS[0]}.py").touch()
            time.sleep(3)
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(LIMIT)

    def faults(self, role: str, code: int) -> list[str]:
        """Return the faults."""
        said = self.error.read_text(encoding="utf-8", errors="replace")
        found = ["a traceback"] if "Traceback" in said else []
        allowed = (
            {-signal.SIGKILL} if role == "main" else {0, 1, 3} | ({130} if self.command in STAYS else set())
        )
        if code not in allowed:
            found.append(f"exit code {code}")
        if code == 3 and "error[" not in said and self.command != "cohort":
            found.append("exit code 3 without a word")
        if code in {0, 1}:
            found += self.incomplete()
        deadline = time.monotonic() + PATIENCE
        while (left := self.left()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found + left

    def incomplete(self) -> list[str]:
        """Return the incomplete reports."""
        if self.command == "run":
            report = json.loads((self.place / "report.json").read_bytes())
            return [] if len(report["exercises"]) == len(ANSWERS) else ["a report that isn't whole"]
        if self.command == "cohort":
            reports = [json.loads(path.read_bytes()) for path in self.place.glob("out/reports/*.json")]
            full = [one["score"] == one["max_score"] for one in reports]
            return [] if full == [True] * 4 else [f"reports with full marks: {full}"]
        return []

    def left(self) -> list[str]:
        """Return the processes and files left behind."""
        processes = [f"process {pid}" for pid in bearing(f"TMPDIR={self.scratch}")]
        return processes + [f"{path.name}" for path in self.scratch.iterdir()]


def main() -> None:
    """Run all kills and print the faults."""
    # A process started in the background inherits an ignored Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chance = random.Random(20)
    troubles: list[str] = []
    for command in sys.argv[1:] or SPAN:
        for role in ("main", "zygote", "runner", "template", "worker"):
            codes: Counter[object] = Counter()
            for _ in range(KILLS):
                with tempfile.TemporaryDirectory() as place:
                    one = Try(command, Path(place))
                    one.start()
                    after = chance.uniform(0, SPAN[command])
                    killed = one.kill(role, after)
                    code = one.end()
                    codes[code if killed else "none there"] += 1
                    if killed or role != "main":
                        faults = one.faults(role if killed else "", code)
                        troubles += [f"{command}, {role} after {after:.2f} s: {fault}" for fault in faults]
                        if faults:
                            print(one.error.read_text(encoding="utf-8", errors="replace")[-1500:], flush=True)
            print(
                f"{command}, {role}: " + ", ".join(f"{n} x {code}" for code, n in codes.items()), flush=True
            )
    print("\n".join(troubles) or "no faults")
    raise SystemExit(1 if troubles else 0)


if __name__ == "__main__":
    main()
