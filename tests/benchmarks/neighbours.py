"""Grade ten correct submissions alongside a greedy one, under tight limits.

    python tests/benchmarks/neighbours.py [a file of tests/hostile, ...]

Grades each cohort at the tiers `kernel+namespaces` and `kernel`, and with limits of 512 MiB of memory, 64 processes
and 200 MB of disk. The ten must get full marks, or "not judged" with exit code 3. The greedy one must
get no points. Needs root and version 1 control groups for memory and processes; prints which limits it
could not set. Exits with code 1 if a correct submission loses a point.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RIGHT = 10
EXERCISE = "toeplitz_1d"
GREEDY = """
    fills_the_disk makes_very_many_files holds_all_memory holds_memory_in_small_pieces holds_memory_in_pipes
    holds_memory_in_locks starts_threads_of_small_stacks keeps_files_in_memory computes_in_many_threads
    annotates_deeply imports_a_long_name prints_without_end
""".split()
GROUPS = Path("/sys/fs/cgroup")
LIMITS = {
    "memory": ("memory.limit_in_bytes", 512 << 20),
    "pids": ("pids.max", 64),
}
SMALL_DISK = 'mount -t tmpfs -o size=200m none "$TMPDIR" && exec "$@"'


class Group:
    """A new control group for one run."""

    def __init__(self, kind: str) -> None:
        """Create the group. Raises OSError if that isn't allowed."""
        file, limit = LIMITS[kind]
        self.folder = GROUPS / kind / f"neighbours-{os.getpid()}"
        self.folder.mkdir()
        try:
            (self.folder / file).write_text(str(limit), encoding="ascii")
        except OSError:
            self.remove()
            raise

    def enter(self) -> None:
        """Move the calling process into the group."""
        (self.folder / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")

    def remove(self) -> None:
        """Remove the group once its last process is gone."""
        for _ in range(100):
            with suppress(OSError):
                self.folder.rmdir()
                return
            time.sleep(0.1)


def judged(place: Path, kind: str) -> tuple[int, str, dict[str, float | None]]:
    """Grade a cohort. Return its exit code, its output, and the points of each (None if ungraded)."""
    out, scratch = place / "out", place / "tmp"
    scratch.mkdir()
    command = [sys.executable, "-m", "grader", "cohort", str(place / "handed_in"), "--json-dir", str(out)]
    command += ["--device", "cpu", "--jobs", "2"]
    if kind != "kernel+namespaces":
        command += ["--without-layer", "namespaces"]
    if kind == "disk":
        command = ["unshare", "-m", "sh", "-c", SMALL_DISK, "sh", *command, "--without-layer", "scratch"]
    group = Group(kind) if kind in LIMITS else None
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(scratch)},
            preexec_fn=group.enter if group else None,  # noqa: PLW1509 - one thread starts it
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        if group:
            group.remove()
    points: dict[str, float | None] = {}
    for path in out.glob("reports/*.json"):
        (one,) = json.loads(path.read_bytes())["exercises"]
        is_judged = {law["verdict"] for law in one["properties"]} != {"not judged"}
        points[path.stem] = one["score"] if is_judged else None
    return done.returncode, done.stdout + done.stderr, points


def main() -> None:
    """Grade each cohort under each limit and print."""
    troubles: list[str] = []
    full = None
    for greedy in sys.argv[1:] or GREEDY:
        line = []
        for kind in ("kernel+namespaces", "kernel", *LIMITS, "disk"):
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder)
                for number in range(RIGHT):
                    (place / f"handed_in/right{number}").mkdir(parents=True)
                    shutil.copy(
                        ROOT / f"submissions/example/{EXERCISE}.py", place / f"handed_in/right{number}"
                    )
                (place / "handed_in/right4x").mkdir()
                shutil.copy(ROOT / f"tests/hostile/{greedy}.py", place / f"handed_in/right4x/{EXERCISE}.py")
                try:
                    code, said, points = judged(place, kind)
                except OSError as error:
                    line.append(f"{kind}: not tried ({error.strerror})")
                    continue
            other = points.pop("right4x", None)
            marks = list(points.values())
            full = full or max((one for one in marks if one), default=None)
            count = sum(one == full for one in marks)
            lost = [one for one in marks if one is not None and one != full]
            excused = code == 3 and not lost
            line.append(f"{kind}: {count}" + ("" if count == RIGHT else f" (exit code {code})"))
            if lost or other or (count < RIGHT and not excused) or "Traceback" in said:
                troubles.append(
                    f"{greedy}, {kind}: {count} of {RIGHT} full marks, {lost} lost, {other}\n{said[-800:]}"
                )
        print(f"{greedy}: " + ", ".join(line), flush=True)
    print("\n".join(troubles) or "no point was lost")
    raise SystemExit(1 if troubles else 0)


if __name__ == "__main__":
    main()
