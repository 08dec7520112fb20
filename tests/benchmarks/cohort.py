"""Run `grade cohort` on N submissions without interruption, then with three kills.

    N=1000 SAMPLE=30 python tests/benchmarks/cohort.py

Writes N submissions for one exercise; a few of them answer several exercises. Some are correct and
all written differently, some are wrong in more than twenty ways, and twenty attack the grader. Grades
all of them without interruption and prints the speed and the memory. Grades all of them again with
three SIGKILLs and compares every byte except durations. Also grades a sample one by one
and compares those reports.
Exits with code 1 if anything differs, is lost or is graded twice.
Limits: 0 differences; 0.2 s of CPU time per submission; no memory growth during the run.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests"))
from families import bearing, command_of, family, memory_of  # noqa: E402
from times import timeless_text  # noqa: E402

N = int(os.environ.get("N", "1000"))
SAMPLE = int(os.environ.get("SAMPLE", "30"))
EXERCISE = "toeplitz_1d"
SEVERAL = (EXERCISE, "toeplitz_full", "circulant")
ATTACKS = """
    crashes_the_interpreter exits_while_loading floods_its_output forges_a_deep_nest forges_array_headers
    forges_its_loading forks_a_daemon hunts_the_seed imports_pytest_and_skips imports_the_reference kills_its_group
    kills_its_parent names_its_exception_without_a_text nests_folders_deeply opens_network_sockets patches_builtins
    patches_torch_comparisons prints_formulas prints_terminal_commands prints_a_report
""".split()
# The report of a cohort names the learner.
LEARNER = re.compile(rb'"learner": (null|"[^"]*")')
PATIENCE = 60
SEED = "20"


def right() -> list[str]:
    """Return correct answers that are written differently."""
    paths = [
        ROOT / f"submissions/example/{EXERCISE}.py",
        ROOT / f"reference/{EXERCISE}/solution.py",
        *sorted((ROOT / f"reference/{EXERCISE}/variants").glob("*.py")),
    ]
    return [path.read_text(encoding="utf-8") for path in paths]


def wrong() -> list[str | bytes]:
    """Return answers that are wrong in different ways."""
    known = sorted((ROOT / f"reference/{EXERCISE}/misconceptions").glob("*.py"))
    texts: list[str | bytes] = [path.read_text(encoding="utf-8") for path in known]
    head = "import torch\n\n\ndef build_toeplitz_1d(kernel, n):\n"
    texts += [
        f"{head}    {line}\n"
        for line in (
            "return None",
            "return kernel",
            "return [[0.0] * n]",
            "raise RuntimeError('later')",
            "return torch.zeros(n - len(kernel) + 1, n)",
            "return torch.full((n - len(kernel) + 1, n), float('nan'))",
            "return torch.zeros(n - len(kernel) + 1, n, dtype=torch.int8)",
            "return torch.zeros(n - len(kernel) + 1, n).to_sparse()",
            "return build_toeplitz_1d(kernel, n)",
            "print('x' * 5000)",
            "while True: pass",
        )
    ]
    stub = (ROOT / f"exercises/{EXERCISE}/{EXERCISE}.py").read_text(encoding="utf-8")
    return [
        *texts,
        stub,
        "def build_toeplitz_1d(kernel, n:\n",
        "",
        "import nothing_of_that_name\n",
        b"\xff\xfe",
        b"#" * 300_000,
    ]


def notebook(text: str) -> str:
    """Return a file's text as a notebook with a magic cell before it."""
    cells = [
        {"cell_type": "code", "source": part, "metadata": {}, "outputs": [], "execution_count": None}
        for part in ("%matplotlib inline", text)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def generate(folder: Path, count: int) -> None:
    """Write the submissions: the twenty attacks, a few for several exercises, 30 % wrong, the rest correct."""
    attacks = ATTACKS[: max(1, count // 5)]
    answers = [
        *((ROOT / f"tests/hostile/{name}.py").read_bytes() for name in attacks),
        *_mixed(count - len(attacks)),
    ]
    random.Random(20).shuffle(answers)
    for number, text in enumerate(answers):
        learner = folder / f"learner{number:05}"
        learner.mkdir(parents=True)
        kind = "ipynb" if text.startswith(b'{"cells"') else "py"
        (learner / f"{EXERCISE}.{kind}").write_bytes(text)
        if number % max(count // 4, 1) == 1:
            for name in SEVERAL[1:]:
                (learner / f"{name}.py").write_bytes((ROOT / f"submissions/example/{name}.py").read_bytes())


def _mixed(count: int) -> Iterator[bytes]:
    """Yield correct and wrong answers. A comment makes each correct text unique."""
    rights, wrongs = right(), wrong()
    for number in range(count):
        if number % 10 < 3:
            text = wrongs[(number // 10 * 3 + number % 10) % len(wrongs)]
        else:
            text = rights[number % len(rights)] + f"# learner {number}\n"
            text = notebook(text) if number % 10 == 9 else text
        yield text if isinstance(text, bytes) else text.encode()


@dataclass
class Run:
    """A running `grade cohort` with its own session and temporary folder."""

    folder: Path
    out: Path
    scratch: Path

    def __post_init__(self) -> None:
        """Start it."""
        self.scratch.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "grader", "cohort", str(self.folder), "--json-dir", str(self.out)]
        command += ["--seed", SEED]
        self.process = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(self.scratch)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def reports(self) -> list[Path]:
        """The reports written so far."""
        return [*self.out.glob("reports/learner*.json")]

    def until(self, count: int) -> bool:
        """Wait until there are `count` reports. Return whether the run is still going."""
        while len(self.reports) < count and self.process.poll() is None:
            time.sleep(0.05)
        return self.process.poll() is None

    def judges(self) -> list[int]:
        """Return the zygote, the runner, its oldest child, and the runner's templates."""
        processes = family(self.process.pid)
        for pid in sorted(processes):
            program, *rest = command_of(pid)
            if b"grader.sandbox.zygote" in rest and not program.endswith(b"bwrap"):
                near = sorted(one for one, parent in processes.items() if parent == pid)[:1]
                return [pid, *near, *(one for one, parent in processes.items() if parent in near)]
        return []

    def left(self) -> list[int]:
        """Return the processes whose environment contains this run's temporary folder."""
        return bearing(f"TMPDIR={self.scratch}")


def cpu_seconds(pid: int) -> float:
    """Return the CPU seconds of a process and of its children that have ended."""
    with contextlib.suppress(OSError):
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        )
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def uninterrupted(folder: Path, out: Path, scratch: Path, judged: int) -> None:
    """Grade everything without interruption. Print the rate, CPU time and memory during the run."""
    started, spent = time.perf_counter(), float("nan")
    run = Run(folder, out, scratch)
    for share in (10, 50, 100):
        # At the very end there are no processes to measure.
        if run.until(min(judged * share // 100, judged - 1)):
            judges = run.judges()
            runner, main = memory_of(judges[1], "VmRSS"), memory_of(run.process.pid, "VmRSS")
            templates = max((memory_of(pid, "VmRSS") for pid in judges[2:]), default=0.0)
            # bubblewrap doesn't report the CPU seconds of its children, so read them from the children.
            spent = sum(map(cpu_seconds, [run.process.pid, *judges]))
            print(
                f"memory at {share:>3} %: runner {runner:7.1f} MiB, largest template {templates:7.1f} MiB, "
                f"main process {main:6.1f} MiB",
                flush=True,
            )
    code, seconds = run.process.wait(), time.perf_counter() - started
    if code != 1:
        raise SystemExit(
            f"`grade cohort` ended with {code}; some submissions are wrong, so it must end with 1"
        )
    print(f"{N} submissions in {seconds:.0f} s: {N / seconds:.2f}/s, {spent / N:.3f} s CPU each", flush=True)


def interrupted(folder: Path, out: Path, scratch: Path, judged: int) -> list[str]:
    """Grade everything with three SIGKILLs. Return what was graded twice or left behind."""
    troubles: list[str] = []
    kept: dict[Path, int] = {}
    kills: list[tuple[str, Callable[[Run], None]]] = [
        ("the main process", lambda run: os.kill(run.process.pid, signal.SIGKILL)),
        ("its process group", lambda run: os.killpg(run.process.pid, signal.SIGKILL)),
        ("every process", _kill_all),
    ]
    for number, (what, kill) in enumerate(kills, start=1):
        run = Run(folder, out, scratch)
        if not run.until(judged * number // 4):
            troubles.append(f"it was done before {what} was killed")
        kill(run)
        run.process.wait()
        deadline = time.monotonic() + PATIENCE
        while (left := run.left()) and time.monotonic() < deadline:
            time.sleep(0.1)
        troubles += [f"process {pid} was left when {what} was killed" for pid in left]
        kept |= {path: path.stat().st_mtime_ns for path in run.reports if path not in kept}
        print(f"SIGKILL for {what} at {len(run.reports)} reports", flush=True)
    Run(folder, out, scratch).process.wait()
    return troubles + [
        f"{path.name} was written twice" for path, stamp in kept.items() if path.stat().st_mtime_ns != stamp
    ]


def _kill_all(run: Run) -> None:
    for pid in family(run.process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def differences(one: Path, other: Path) -> list[str]:
    """Return the differences between two outputs, ignoring durations."""
    first, second = _contents(one), _contents(other)
    return [
        f"{name} differs: {_first_difference(first.get(name, b''), second.get(name, b''))}"
        for name in sorted({*first, *second})
        if first.get(name) != second.get(name)
    ]


def _first_difference(one: bytes, other: bytes) -> str:
    """Return the text around the first byte that differs between two files."""
    place = next((k for k, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), 0)
    start, end = max(0, place - 80), place + 80
    return f"{one[start:end].decode(errors='replace')!r} or {other[start:end].decode(errors='replace')!r}"


def _contents(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): timeless_text(path.read_bytes())
        for path in out.rglob("*")
        if path.is_file()
    }


def judged_otherwise(folder: Path, out: Path, sample: list[str]) -> list[str]:
    """Return the submissions of a sample that get a different verdict when graded alone."""
    found = []
    alone = out.parent / "alone.json"
    for name in sample:
        alone.unlink(missing_ok=True)
        command = [sys.executable, "-m", "grader", "run", str(folder / name), "--require-isolation", "kernel"]
        command += ["--seed", SEED]
        done = subprocess.run(  # noqa: S603
            [*command, "--json", str(alone)], cwd=ROOT, capture_output=True, check=False
        )
        report = out / f"reports/{name}.json"
        contents = [
            LEARNER.sub(b"", timeless_text(path.read_bytes())) if path.exists() else b""
            for path in (alone, report)
        ]
        if contents[0] != contents[1] or (done.returncode not in {0, 1} and report.exists()):
            found.append(f"{name} gets another result alone: {_first_difference(*contents)}")
    return found


def main() -> None:
    """Generate, grade, kill, compare and print."""
    with tempfile.TemporaryDirectory() as place:
        folder, one, other, scratch = (Path(place) / name for name in ("handed_in", "one", "other", "tmp"))
        generate(folder, N)
        unreadable = sum(_is_unreadable(path) for path in folder.rglob("*.py"))
        # An unreadable file costs only its own exercise, and its report gives the reason.
        uninterrupted(folder, one, scratch, N)
        troubles = [f"{N} reports were expected"] if len(_reports(one)) != N else []
        summary = json.loads((one / "summary.json").read_bytes())
        troubles += [
            f"{row['name']}: {row['trouble']['found']}"
            for row in summary["submissions"]
            if row["trouble"] and row["trouble"]["code"] != 2
        ]
        troubles += interrupted(folder, other, scratch, N)
        troubles += differences(one, other)
        names = sorted(path.name for path in folder.iterdir())
        sample = random.Random(N).sample(names, min(SAMPLE, len(names)))
        troubles += judged_otherwise(folder, one, sample)
        print(f"{N} reports, {unreadable} of unreadable files, {len(sample)} also graded alone")
        print("\n".join(troubles) or "no difference")
        raise SystemExit(1 if troubles else 0)


def _is_unreadable(path: Path) -> bool:
    content = path.read_bytes()
    return len(content) > 256 << 10 or content.startswith(b"\xff")


def _reports(out: Path) -> list[Path]:
    return [*out.glob("reports/*.json")]


if __name__ == "__main__":
    main()
