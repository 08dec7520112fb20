"""Every command in the project that installs packages installs the tested versions."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
# The extra `tour` is for a reader's Jupyter, which no test starts.
TESTED = [Requirement(one) for one in [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["cluster"]]]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [re.fullmatch(r"([a-z0-9-]+)==([0-9.]+)", line).groups() for line in LINES if line[0] != "#"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_what_is_needed_is_pinned():
    """Each test dependency is pinned exactly once, and nothing else is pinned."""
    needed = {canonicalize_name(one.name) for one in TESTED}
    assert [name for name, _ in PINS] == sorted(needed)


@pytest.mark.parametrize("needed", TESTED, ids=str)
def test_a_pin_is_in_its_range(needed):
    """pyproject.toml allows the tested version."""
    assert needed.specifier.contains(dict(PINS)[canonicalize_name(needed.name)])


@pytest.mark.parametrize("name", ["README.md", "docs/learners.md", "Makefile", ".ci/run"])
def test_what_was_tested_is_what_is_installed(name):
    """Each command that installs this checkout uses the pinned versions."""
    installed = [
        line for line in read(name).splitlines() if re.search(r"pip install .*-e (\.|'\.\[test\]')", line)
    ]
    assert installed
    assert all("pip install -q -c constraints.txt -e " in line for line in installed)


def test_the_action_installs_what_was_tested():
    """The action takes the pinned versions from its own repository."""
    assert '-c "$GITHUB_ACTION_PATH/constraints.txt" "$GITHUB_ACTION_PATH"' in read("action.yml")


def test_the_cpu_build_is_the_tested_one():
    """The learners' command for torch's CPU build names the pinned version."""
    named = re.findall(
        r"pip install -q torch==(\S+) --index-url https://download.pytorch.org/whl/cpu",
        read("docs/learners.md"),
    )
    assert named == [dict(PINS)["torch"]]


def test_the_licence_is_named():
    """The licence file is in the top-level folder, and pyproject.toml and the README refer to it."""
    assert read("LICENSE").startswith(f"{PROJECT['license']} License\n")
    assert PROJECT["license-files"] == ["LICENSE"]
    assert "[MIT](LICENSE)" in read("README.md")


def test_ci_promises_what_is_supported():
    """CI runs the oldest Python that pyproject.toml allows."""
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f'python: ["{oldest}", ' in read(".github/workflows/test.yml")
