"""Load the reference solutions as modules, to compare them with each other and with other libraries."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


@cache
def reference(exercise: str) -> ModuleType:
    """Return an exercise's reference solution."""
    return _load(ROOT / f"reference/{exercise}/solution.py", f"solution_{exercise}")


def formulas(chapter: str) -> ModuleType:
    """Return a chapter's oracles."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    return importlib.import_module(f"reference.formulas.{chapter}")


def _load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
