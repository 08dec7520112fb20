"""Prepare an interpreter that runs the grader from a plain checkout, without a network."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The packages for grading. Packages for pages, `grade serve` and the command line aren't used here.
NEEDED = {
    "torch": "torch",
    "numpy": "numpy",
    "msgspec": "msgspec",
    "hypothesis": "hypothesis",
    "pytest": "pytest",
    "pytest_jsonreport": "pytest-json-report",
    "pytest_timeout": "pytest-timeout",
    "rich": "rich",
}
LOOK = """
import importlib.util, json, sys
found = importlib.util.find_spec("grader")
print(json.dumps([[one for one in sys.argv[1:] if importlib.util.find_spec(one) is None], found and found.origin]))
"""
FOLDERS = "import json, sys; print(json.dumps(sys.path[1:]))"


def interpreter(scratch: Path, packages: Sequence[Path] = ()) -> tuple[Path, list[str]]:
    """Return an interpreter that finds this checkout's `grader`, and its missing packages.

    The zygote runs isolated (`python -I`), without PYTHONPATH and the working folder. If the grader isn't
    installed, a virtual environment in `scratch` provides it, this interpreter's packages, and the
    further folders in `packages`.
    """
    here, ours = Path(sys.executable), str(ROOT / "grader/__init__.py")
    missing, grader = look(here)
    if packages or missing or grader != ours:
        here = build(scratch / "venv", packages)
        missing, grader = look(here)
    if grader != ours:
        missing.append(f"the grader of this checkout (found: {grader})")
    return here, [NEEDED.get(name, name) for name in missing]


def look(python: Path) -> tuple[list[str], str | None]:
    """Return the modules that an isolated interpreter lacks, and the path of the grader that it finds."""
    told = subprocess.run([python, "-I", "-c", LOOK, *NEEDED], capture_output=True, check=True)
    missing, grader = json.loads(told.stdout)
    return missing, None if grader is None else str(Path(grader).resolve())


def build(folder: Path, packages: Sequence[Path]) -> Path:
    """Make a virtual environment with the packages of this interpreter. Needs no pip and no network."""
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    # Only the package: with the checkout on the path, a submission could import the reference.
    (site / "grader").symlink_to(ROOT / "grader")
    told = subprocess.run([sys.executable, "-c", FOLDERS], cwd="/", capture_output=True, check=True)
    shared = [*map(Path, json.loads(told.stdout)), *(one.resolve() for one in packages)]
    lines = [
        # Their own .pth files are read, too, as in the original environment.
        f"import site; site.addsitedir({str(path)!r})"
        for path in shared
        if path.is_dir() and path.name in {"site-packages", "dist-packages", *(one.name for one in packages)}
    ]
    (site / "shared.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "bin/python"
