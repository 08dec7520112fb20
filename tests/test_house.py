"""The code stays easy to learn: short modules, unique names and no circular imports."""

import ast
import statistics
from collections import defaultdict
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 300
LONGEST_MEDIAN = 9
# The command line is a list of options.
LONG = {"grader/cli.py"}


@cache
def modules():
    """Return each of the grader's modules with its syntax tree."""
    paths = sorted(path for path in (ROOT / "grader").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def repeated(names):
    """Return the names that are defined in several modules, with those modules."""
    homes = defaultdict(set)
    for name, module in names:
        homes[name].add(module)
    return {name: sorted(found) for name, found in homes.items() if len(found) > 1}


@pytest.mark.parametrize("module", [one for one in modules() if one not in LONG])
def test_a_module_is_short(module):
    """A module contains one idea and fits on a few screens."""
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_no_two_classes_share_a_name():
    """Each class name is used only once in the whole grader."""
    classes = [
        (node.name, module)
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    assert repeated(classes) == {}


def test_no_two_modules_share_a_name():
    """Each module name is used only once in the whole grader. Templates don't count as modules."""
    stems = [(Path(module).stem, module) for module in modules() if "/templates/" not in module]
    assert repeated(one for one in stems if one[0] != "__init__") == {}


def test_functions_are_short():
    """Half of all functions have at most nine lines."""
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    assert statistics.median(lengths) <= LONGEST_MEDIAN


def test_nothing_is_imported_in_a_circle():
    """No module imports itself indirectly."""
    graph = grimp.build_graph("grader")
    circles = [
        module
        for module in graph.modules
        if any(
            module in graph.find_upstream_modules(imported)
            for imported in graph.find_modules_directly_imported_by(module)
        )
    ]
    assert circles == []
