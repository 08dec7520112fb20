"""A virtual environment for each peer, with this project's torch. Only the peer is downloaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import torch
from benchmarks.beside.trials import Unfit, last_line

# Later on the path than the peer's own packages, so that none of them is replaced.
OURS = Path(torch.__file__).parents[1]
BORROWS = "borrows_torch.pth"
LONGEST = 900


def python_of(cache: Path, requirement: str) -> Path | None:
    """Return the Python of a peer's environment, or None if the peer isn't installed."""
    environment = cache / name_of(requirement)
    for borrows in environment.glob(f"lib/python*/site-packages/{BORROWS}"):
        # The environment with torch may be gone.
        borrows.write_text(f"{OURS}\n", encoding="utf-8")
        return environment / "bin/python"
    return None


def install(cache: Path, requirement: str) -> Path:
    """Install a peer if needed and return its Python."""
    python = python_of(cache, requirement)
    if python is not None:
        return python
    environment = cache / name_of(requirement)
    _run([sys.executable, "-m", "venv", "--clear", str(environment)])
    python = environment / "bin/python"
    _run([str(python), "-m", "pip", "install", "-q", requirement])
    folder = next(environment.glob("lib/python*/site-packages"))
    (folder / BORROWS).write_text(f"{OURS}\n", encoding="utf-8")
    return python


def version(python: Path, requirement: str) -> str:
    """Return the installed version of a peer."""
    ask = f"from importlib.metadata import version; print(version({name_of(requirement)!r}))"
    return _run([str(python), "-c", ask]).strip()


def name_of(requirement: str) -> str:
    """Return the package name of a requirement."""
    return requirement.partition(">=")[0]


def _run(command: list[str]) -> str:
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unfit(f"could not be installed: {error}") from error
    if ended.returncode != 0:
        raise Unfit(f"could not be installed: {last_line(ended.stderr)}")
    return ended.stdout
