"""The parts of the work that need torch. Each is a process that prints its results, one JSON object per line.

    python tests/benchmarks/ongpu/stages.py PART '{"device": "cuda", "exercises": [], "begin": 0, "step": 1}'

A part's first line lists all planned work, so it is clear what is missing if the part is killed.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/sandbox")]
SPOILT = "CUDA error"
Found = Iterator[dict[str, Any]]


def look(ask: dict[str, Any]) -> Found:
    """Print which machine this is, or why the work can't run here."""
    import torch  # noqa: PLC0415 - each part imports only what it needs

    from grader.sandbox import sim  # noqa: PLC0415

    if ask["device"] == sim.NAME:
        reason = sim.available() or ""
        card = "simulated"
    else:
        reason, card = _card(torch)
    yield {
        "reason": reason,
        "device": card,
        "torch": f"torch {torch.__version__}",
        "python": f"Python {platform.python_version()}",
        "platform": f"{platform.system()} {platform.machine()}",
        "processors": f"{os.cpu_count()} processors",
    }


def _card(torch: Any) -> tuple[str, str]:
    if torch.version.cuda is None:
        return f"torch {torch.__version__} is built without CUDA", ""
    if not torch.cuda.is_available():
        return f"torch {torch.__version__} (CUDA {torch.version.cuda}) finds no GPU; see `nvidia-smi`", ""
    driver = Path("/proc/driver/nvidia/version")
    kernel = driver.read_text(encoding="ascii").split("\n")[0].split("  ") if driver.exists() else []
    told = f", driver {kernel[1].split()[0]}" if len(kernel) > 1 and kernel[1].split() else ""
    return "", f"{torch.cuda.get_device_name()}{told}, CUDA {torch.version.cuda}"


def course(ask: dict[str, Any]) -> Found:
    """Grade the correct answers of submissions/example on the CPU and the device."""
    names = sorted(path.stem for path in (ROOT / "submissions/example").glob("*.py"))
    files = [(name, name, f"submissions/example/{name}.py") for name in _wanted(ask, names)]
    yield from _judged(files)


def corpus(ask: dict[str, Any]) -> Found:
    """Grade the answers with and without device mistakes on the CPU and the device."""
    files = []
    for path in sorted((ROOT / "tests/devices").glob("*/*.py")):
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        name = f"{path.parent.name}/{path.name}"
        files.append((name, said.partition(":")[0], f"tests/devices/{name}"))
    yield from _judged([one for one in files if _wanted(ask, [one[1]])])


def _judged(files: list[tuple[str, str, str]]) -> Found:
    """Grade with `auto`: the environment decides which device torch sees."""
    from grader.course import load_course  # noqa: PLC0415
    from grader.errors import GraderError  # noqa: PLC0415
    from grader.protocol import ExerciseJob  # noqa: PLC0415
    from grader.service import parallel, runner_connection  # noqa: PLC0415
    from grader.source_text import SourceText  # noqa: PLC0415

    yield {"planned": [name for name, _, _ in files]}
    loaded = load_course(ROOT)
    jobs = [
        ExerciseJob(
            exercise=exercise,
            source=SourceText((ROOT / path).read_text(encoding="utf-8"), f"{exercise}.py"),
        )
        for _, exercise, path in files
    ]
    options, seed = runner_connection.RunOptions(device="auto"), loaded.settings.seed
    with (
        parallel.Warm() as warm,
        contextlib.closing(warm.judge_each(loaded, jobs, options, seed=seed)) as results,
    ):
        for (name, _, _), result in zip(files, results, strict=True):
            if isinstance(result, GraderError):
                yield {"name": name, "trouble": f"{result.slug}: {result.found}"}
            else:
                yield {"name": name, "properties": [_plain(one) for one in result.properties]}


def _plain(one: Any) -> dict[str, Any]:
    known = one.misconception
    return {
        "id": one.id,
        "device": one.device,
        "verdict": one.verdict,
        "cause": one.cause,
        "reason": one.reason,
        "told": None if known is None else f"{known.name}: {known.message}",
        "seconds": round(one.duration, 3),
    }


def values(ask: dict[str, Any]) -> Found:
    """Run the same calls of references, variants and correct answers on the CPU and the device."""
    import answers_on  # noqa: PLC0415

    device, begin, step = ask["device"], ask["begin"], ask["step"]
    paths = [path for path in answers_on.chosen() if _wanted(ask, [_exercise(path)])]
    names = [str(path.relative_to(ROOT)) for path in paths]
    mine = range(ask.get("next", begin), len(paths), step)
    if "next" not in ask:
        yield {"planned": names[begin::step]}
    answers_on.prepare(device)
    for place in mine:
        seconds = {"cpu": 0.0, device: 0.0}
        found = answers_on.compare(paths[place], device, seconds)
        yield {
            "name": names[place],
            "differences": {told[:600]: case[:600] for told, case in found.items()},
        } | {"seconds": {name: round(spent, 4) for name, spent in seconds.items()}}
        if any(SPOILT in told for told in found) and place + step < len(paths):
            # After a CUDA error the process can't use CUDA any more.
            again = json.dumps(ask | {"next": place + step})
            sys.stdout.flush()
            os.execv(sys.executable, [sys.executable, __file__, "values", again])  # noqa: S606


def _exercise(path: Path) -> str:
    return path.stem if path.parent.name == "example" else path.relative_to(ROOT).parts[1]


def speed(ask: dict[str, Any]) -> Found:
    """Time the references on the CPU and on the device."""
    from benchmarks import speed as timing  # noqa: PLC0415

    device = ask["device"]
    timing.prepare(device)
    here, there = (
        [one for one in timing.pairs(where) if _wanted(ask, [one.exercise])] for where in ("cpu", device)
    )
    labels = {one.label for one in there}
    yield {"planned": [one.label for one in there]}
    for one, other in zip([one for one in here if one.label in labels], there, strict=True):
        (on_cpu, _), (on_device, beside) = (timing.timed(each, ask["rounds"]) for each in (one, other))
        yield {"name": one.label, "label": one.label, "cpu": on_cpu, "device": on_device, "beside": beside}


def _wanted(ask: dict[str, Any], exercises: list[str]) -> list[str]:
    return [one for one in exercises if not ask["exercises"] or one in ask["exercises"]]


PARTS: dict[str, Callable[[dict[str, Any]], Found]] = {
    "look": look,
    "course": course,
    "corpus": corpus,
    "values": values,
    "speed": speed,
}


def main() -> None:
    """Print the results of one part as they come."""
    part, ask = sys.argv[1], json.loads(sys.argv[2])
    for found in PARTS[part](ask):
        print(json.dumps(found), flush=True)
    # Autograd threads of a device written in Python don't survive the interpreter's exit.
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
