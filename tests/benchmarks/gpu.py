"""Test a machine with a GPU: compare verdicts, messages, values and speed on the device and on the CPU.

    python tests/benchmarks/gpu.py [--device cuda|sim] [--out FOLDER] [--seconds S] [-e EXERCISE]... [--packages FOLDER]...

Needs a checkout, torch and the packages for grading. It needs no installed grader and no network.
Writes FOLDER/report.md, which begins with the row for docs/devices.md, and FOLDER/report.json with all details.
Ends within S seconds and prints what it left out. Exit codes: 0 if everything agrees, 1 if something
differs, 3 if the device or a requirement is missing, or if a part failed or did nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))
from benchmarks.ongpu import compared, home, page  # noqa: E402
from benchmarks.ongpu.page import Part  # noqa: E402
from benchmarks.ongpu.shares import Shares  # noqa: E402

STAGES = Path(__file__).resolve().parent / "ongpu/stages.py"
DEVICES = ("cuda", compared.SIM)
SECONDS = 450.0
WEIGHTS = {"course": 30.0, "corpus": 20.0, "simulated": 15.0, "values": 25.0, "speed": 10.0}
MOST_HANDS = 4
ROUNDS = 5
LOOK_SECONDS = 120.0
TAIL = 1500


class Parts:
    """Run parts of the work in separate processes with time limits, and read their results."""

    def __init__(self, python: Path, out: Path, ask: dict[str, Any]) -> None:
        """Store the interpreter, the folder for outputs, and the request for every part."""
        self._python, self._out, self._ask = python, out, ask

    def run(
        self, part: str, seconds: float, *, hidden: bool = False, hands: int = 1, name: str = ""
    ) -> list[dict]:
        """Return the findings of a part within its time. With `hidden`, the part sees no GPU."""
        environment = {**os.environ, **({"CUDA_VISIBLE_DEVICES": ""} if hidden else {})}
        running = []
        for hand in range(hands):
            told = self._out / f"{name or part}-{hand}"
            ask = json.dumps(self._ask | {"begin": hand, "step": hands})
            with told.with_suffix(".jsonl").open("wb") as found, told.with_suffix(".log").open("wb") as said:
                process = subprocess.Popen(
                    [self._python, STAGES, part, ask],
                    env=environment,
                    cwd=home.ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=found,
                    stderr=said,
                    start_new_session=True,
                )
            running.append((process, told))
        time = Shares(seconds, {})
        try:
            return [line for process, told in running for line in ended(process, told, time.left())]
        finally:
            for process, _ in running:
                _end(process)


def ended(process: subprocess.Popen[bytes], told: Path, seconds: float) -> Iterator[dict[str, Any]]:
    """Wait for a process, kill it when its time is up, and yield its findings."""
    late = False
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        late = True
        _end(process)
    yield from read(told.with_suffix(".jsonl").read_text(encoding="utf-8"))
    if process.returncode and not late:
        said = told.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        last = said.strip()[-TAIL:] or f"exit code {process.returncode}"
        yield {"trouble": last.rpartition("\n")[2], "log": last}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its session. A zygote exits by itself when its client is gone."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def read(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects in the lines, skipping an incomplete line."""
    for line in text.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def gathered(title: str, found: list[dict[str, Any]], differences: Callable[[dict], list[str]]) -> Part:
    """Return a part: its plan, its finished work and its findings, read from its output lines."""
    planned = [name for line in found for name in line.get("planned", [])]
    done = [line for line in found if "name" in line]
    names = {line["name"] for line in done}
    return Part(
        title,
        planned=len(planned),
        done=len(done),
        differences=[one for line in done for one in differences(line)],
        left_out=[name for name in planned if name not in names],
        trouble="; ".join(
            f"{line['name']}: {line['trouble']}" if "name" in line else line["trouble"]
            for line in found
            if "trouble" in line
        ),
    )


def rows(found: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the properties of each file."""
    return {line["name"]: line["properties"] for line in found if "properties" in line}


def course(parts: Parts, device: str, seconds: float, _: Shares) -> tuple[Part, list[dict]]:
    """Grade submissions/example."""
    found = parts.run("course", seconds, hidden=device == compared.SIM)
    part = gathered("`submissions/example` on cpu and " + device, found, lambda _: [])
    part.differences = compared.unmet(rows(found), device)
    return part, found


def corpus(parts: Parts, device: str, seconds: float, shares: Shares) -> tuple[Part, list[dict]]:
    """Grade the device corpus twice and compare."""
    there = parts.run("corpus", seconds, hidden=device == compared.SIM)
    again = shares.take("simulated")
    simulated = parts.run("corpus", again, hidden=True, name="simulated") if again else []
    part = gathered(f"`tests/devices` on {device} beside sim", there, lambda _: [])
    beside = gathered("", simulated, lambda _: [])
    one, other = rows(there), rows(simulated)
    differ, known, words = compared.differing(one, other, device)
    part.done = len({*one} & {*other})
    part.left_out = sorted({*part.left_out, *beside.left_out, *({*one} - {*other})})
    part.differences, part.trouble = differ, "; ".join(filter(None, [part.trouble, beside.trouble]))
    part.remarks = [f"known: {line}" for line in known] + [f"torch's own words: {line}" for line in words]
    if one and device not in {row["device"] for each in one.values() for row in each}:
        part.differences.append(f"nothing was judged on {device}")
    return part, [*there, *({"simulated": line} for line in simulated)]


def values(parts: Parts, device: str, seconds: float, _: Shares) -> tuple[Part, list[dict]]:
    """Compare the values that correct answers return."""
    hands = max(1, min(os.cpu_count() or 1, MOST_HANDS))
    found = parts.run("values", seconds, hidden=device == compared.SIM, hands=hands)

    def said(line: dict[str, Any]) -> list[str]:
        return [f"{line['name']}: {told}" for told in line["differences"]]

    part = gathered(f"values of references, variants and answers on {device} beside cpu", found, said)
    spent = [line["seconds"] for line in found if "seconds" in line]
    part.remarks = [
        "seconds in their functions: "
        + ", ".join(f"{sum(one[name] for one in spent):.1f} on {name}" for name in ("cpu", device))
    ]
    return part, found


def speed(parts: Parts, device: str, seconds: float, _: Shares) -> tuple[Part, list[dict]]:
    """Time the references."""
    found = parts.run("speed", seconds, hidden=device == compared.SIM)
    return gathered("references timed", found, lambda _: []), found


def work(parts: Parts, device: str, shares: Shares) -> Iterator[tuple[str, Part, list[dict]]]:
    """Run the parts one after the other, each within its share of the time."""
    for do in (course, corpus, values, speed):
        name = do.__name__
        seconds = shares.take(name)
        if not seconds:
            yield name, Part(name, left_out=["all of it"]), []
            continue
        print(f"{name}: at most {seconds:.0f} s, {shares.left():.0f} s are left in total", flush=True)
        part, found = do(parts, device, seconds, shares)
        print(f"  {part.outcome}", flush=True)
        yield name, part, found


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that fit into the time, and write the results."""
    asked = _parsed(arguments)
    shares = Shares(asked.seconds, WEIGHTS)
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        python, missing = home.interpreter(Path(scratch), asked.packages)
        if missing:
            return _nothing(
                f"missing here: {', '.join(missing)}; give a folder that has them: --packages FOLDER"
            )
        ask = {"device": asked.device, "exercises": asked.exercise, "rounds": ROUNDS}
        parts = Parts(python, asked.out, ask)
        (here, *_) = parts.run(
            "look", min(LOOK_SECONDS, shares.left()), hidden=asked.device == compared.SIM
        ) or [{"reason": f"torch didn't answer within {LOOK_SECONDS:g} s"}]
        if reason := here.get("trouble") or here["reason"]:
            return _nothing(f"no device `{asked.device}` here: {reason}")
        print(f"{here['device']}, {here['torch']}, {here['python']}", flush=True)
        done = list(work(parts, asked.device, shares))
    _write(asked, here, done)
    return page.code([part for _, part, _ in done])


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--device", choices=DEVICES, default=DEVICES[0])
    parser.add_argument(
        "--out", type=Path, default=Path("gpu-report"), help="where to write (default: %(default)s)"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="in all (default: %(default)g)")
    parser.add_argument("-e", "--exercise", action="append", default=[], help="these exercises alone")
    parser.add_argument(
        "--packages", type=Path, action="append", default=[], help="a further folder of packages"
    )
    return parser.parse_args(arguments)


def _nothing(reason: str) -> int:
    print(f"nothing was run: {reason}", file=sys.stderr)
    return 3


def _write(asked: argparse.Namespace, here: dict[str, Any], done: list[tuple[str, Part, list[dict]]]) -> None:
    speeds = [line for name, _, found in done if name == "speed" for line in found if "label" in line]
    text = page.page(here, asked.device, [part for _, part, _ in done], speeds)
    (asked.out / "report.md").write_text(text, encoding="utf-8")
    details = {
        "format": 1,
        "device": asked.device,
        "here": here,
        "parts": {name: {**vars(part), "found": found} for name, part, found in done},
    }
    (asked.out / "report.json").write_text(json.dumps(details, indent=1), encoding="utf-8")
    print(f"\n{text}\nwritten to {asked.out}/report.md and report.json")


if __name__ == "__main__":
    raise SystemExit(main())
