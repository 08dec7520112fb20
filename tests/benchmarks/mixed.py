"""Grade a mixed cohort on a quiet machine and on a busy one. The reports must be the same.

    N=300 LOOPS=6 python tests/benchmarks/mixed.py

Writes N submissions for the whole course: correct ones, known mistakes, odd, honest, hostile and broken files, and
notebooks, some of them with file and folder names as in downloads. Grades them twice, the second time
alongside LOOPS busy processes, and compares every byte of the output except times. Exits with code 1 if
there is a difference or a submission has no report. Limit: 0 differences.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cohort import ROOT, differences, notebook

N = int(os.environ.get("N", "300"))
LOOPS = int(os.environ.get("LOOPS", "6"))
SEED = "20"
EXERCISES = sorted(path.name for path in (ROOT / "exercises").iterdir() if (path / "exercise.toml").is_file())
BROKEN: list[bytes] = [
    b"",
    b"def build(kernel, n:\n",
    b"import nothing_of_that_name\n",
    b"\xff\xfe",
    b"#" * 300_000,
    b"<<<<<<< HEAD\nright = 1\n=======\nright = 2\n>>>>>>> mine\n",
    "# größer, in latin-1\n".encode("latin-1"),
    b"raise SystemExit(0)\n",
    b"print(undefined)\n",
    b"import subprocess\nsubprocess.run(['ls'])\n",
]
# The verdict on a random answer is random.
BY_CHANCE = {"is_right_by_chance", "answers_by_chance"}
Answer = tuple[str, bytes]


def right() -> Iterator[Answer]:
    """Yield correct answers endlessly: the examples and the reference's variants."""
    for exercise in EXERCISES:
        for path in [ROOT / f"submissions/example/{exercise}.py", *_of(exercise, "variants")]:
            yield exercise, path.read_bytes()


def wrong() -> Iterator[Answer]:
    """Yield the known mistakes and the stubs."""
    for exercise in EXERCISES:
        for path in [ROOT / f"exercises/{exercise}/{exercise}.py", *_of(exercise, "misconceptions")]:
            yield exercise, path.read_bytes()


def others() -> Iterator[Answer]:
    """Yield odd, honest, hostile and broken files, all for one exercise."""
    for kind in ("odd", "honest", "hostile"):
        for path in sorted((ROOT / "tests" / kind).glob("*.py")):
            if not path.name.startswith("test_") and path.stem not in BY_CHANCE:
                yield "toeplitz_1d", path.read_bytes()
    yield from (("toeplitz_1d", content) for content in BROKEN)


def _of(exercise: str, kind: str) -> list[Path]:
    return sorted((ROOT / f"reference/{exercise}/{kind}").glob("*.py"))


def generate(folder: Path, count: int) -> Counter[str]:
    """Write the submissions: 40 % correct, 40 % wrong, 20 % others. Return the count of each layout."""
    chance, written = random.Random(20), Counter[str]()
    kinds = []
    for answers in (right, wrong, others):
        shuffled = list(answers())
        chance.shuffle(shuffled)
        kinds.append(itertools.cycle(shuffled))
    for number in range(count):
        exercise, content = next(kinds[(0, 0, 1, 1, 2)[number % 5]])
        layout = LAYOUTS[number // 3 % len(LAYOUTS)] if number % 3 == 0 else "folder"
        written[layout] += 1
        _write(folder, f"learner{number:05}", exercise, content, layout)
    return written


LAYOUTS = """
    folder numbered capitals hyphens homework deeper submission file notebook notebook_of_cells both several
""".split()


def _write(folder: Path, learner: str, exercise: str, content: bytes, layout: str) -> None:
    """Write one submission in a layout that learners and platforms use."""
    text = content.decode("utf-8", "replace")
    example = (ROOT / f"submissions/example/{EXERCISES[len(content) % len(EXERCISES)]}.py").read_bytes()
    cells = f"import matplotlib.pyplot as plt\n%matplotlib inline\n!ls\n\n\n{text}"
    files: dict[str, bytes] = {
        "folder": {f"{exercise}.py": content},
        "numbered": {f"{exercise} (1).py": content},
        "capitals": {f"{exercise.title()}.py": content},
        "hyphens": {f"{exercise.replace('_', '-')}.py": content},
        "homework": {"homework.py": content, "notes.txt": b"mine"},
        "deeper": {f"my answers/{exercise}.py": content},
        "submission": {f"submission/{exercise}.py": content, "README.md": b"# Course\n"},
        "file": {"": content},
        "notebook": {f"{exercise}.ipynb": notebook(text).encode()},
        "notebook_of_cells": {"all.ipynb": notebook(cells).encode()},
        "both": {f"{exercise}.py": content, f"{exercise}.ipynb": notebook(text).encode()},
        "several": {f"{exercise}.py": content, f"{EXERCISES[len(content) % len(EXERCISES)]}.py": example},
    }[layout]
    for name, written in files.items():
        path = folder / learner / name if name else folder / f"{learner}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)


def judge(folder: Path, out: Path, what: str) -> None:
    """Grade all submissions and print the duration."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "grader", "cohort", str(folder), "--json-dir", str(out), "--seed", SEED]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    print(f"{what}: exit code {done.returncode}, {time.perf_counter() - started:.0f} s", flush=True)


def main() -> None:
    """Generate, grade twice, compare and print."""
    with tempfile.TemporaryDirectory() as place:
        folder, quiet, busy = (Path(place) / name for name in ("handed_in", "quiet", "busy"))
        layouts = generate(folder, N)
        print(f"{N} submissions: " + ", ".join(f"{count} {name}" for name, count in layouts.items()))
        judge(folder, quiet, "quiet")
        loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOOPS)]  # noqa: S603
        try:
            judge(folder, busy, f"beside {LOOPS} loops")
        finally:
            for loop in loops:
                loop.kill()
                loop.wait()
        reports = [json.loads(path.read_bytes()) for path in quiet.glob("reports/*.json")]
        verdicts = Counter(
            law["verdict"] for report in reports for one in report["exercises"] for law in one["properties"]
        )
        print(f"{len(reports)} reports: " + ", ".join(f"{count} {name}" for name, count in verdicts.items()))
        troubles = differences(quiet, busy)
        if len(reports) != N:
            troubles.append(f"{N} reports were expected")
        print("\n".join(troubles) or "no difference")
        raise SystemExit(1 if troubles else 0)


if __name__ == "__main__":
    main()
