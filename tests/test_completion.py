"""Test shell completion, requested the way shells do it: through environment variables."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import load_course

ROOT = Path(__file__).resolve().parent.parent
EXERCISES = list(load_course(ROOT).exercises)
CLI = "from grader.__main__ import main; import sys; sys.argv[0] = 'grade'; main()"


def asked(shell, words, *, cwd=ROOT, code=CLI):
    """Return the completions that a shell gets for the last of these words."""
    line = " ".join(words)
    env = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={"_GRADE_COMPLETE": f"complete_{shell}", "PATH": "/usr/bin:/bin", **env},
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize("verb", ["show", "start", "hint", "check", "run -e", "run x --exercise"])
def test_exercises_are_completed(verb):
    """An exercise's name is completed wherever a command expects one."""
    offered = asked("bash", ["grade", *verb.split(), "toeplitz_1"]).split()
    assert offered == [name for name in EXERCISES if name.startswith("toeplitz_1")]
    assert len(asked("bash", ["grade", *verb.split(), ""]).split()) == len(EXERCISES)


@pytest.mark.parametrize(
    ("shell", "offered"),
    [
        ("bash", "separable"),
        ("zsh", '_arguments \'*: :(("separable":"A separable kernel is a Kronecker product"))\''),
        ("fish", "separable\tA separable kernel is a Kronecker product"),
    ],
)
def test_each_shell_is_answered_in_its_own_way(shell, offered):
    """bash gets only the names; zsh and fish also get the titles."""
    assert asked(shell, ["grade", "show", "sepa"]) == offered


def test_devices_hints_and_verbs_are_completed():
    """Devices, commands and the numbers of an exercise's hints are also completed."""
    assert asked("bash", ["grade", "run", "x", "--device", "c"]).split() == ["cpu", "cuda"]
    assert asked("bash", ["grade", "hint", "toeplitz_1d", ""]).split() == ["1", "2", "3", "4"]
    assert asked("bash", ["grade", "hint", "toeplitz_1d", "3"]).split() == ["3"]
    assert asked("bash", ["grade", "sh"]).split() == ["show"]
    assert asked("bash", ["grade", "show", "toeplitz_1d", "--so"]).split() == ["--solution"]


def test_nothing_is_offered_outside_a_course(tmp_path):
    """Without a course, or with an unknown exercise, there is no completion and no output."""
    assert asked("bash", ["grade", "show", ""], cwd=tmp_path) == ""
    assert asked("bash", ["grade", "hint", "no_such", ""]) == ""


def test_another_course_is_completed(tmp_path):
    """With --course, the completed names are from that course."""
    words = ["grade", "show", "--course", str(ROOT / "tests/minicourse"), ""]
    assert asked("bash", words, cwd=tmp_path).split() == list(
        load_course(ROOT / "tests/minicourse").exercises
    )


def test_completing_imports_no_torch():
    """Completion imports no slow library."""
    code = f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {CLI}"
    text = asked("bash", ["grade", "show", "sepa"], code=code)
    offered, _, modules = text.partition("\n")
    assert offered == "separable"
    assert not {"torch", "numpy", "pytest", "hypothesis"} & set(modules.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_can_be_shown(shell):
    """Each shell has its script, which calls `grade`."""
    done = subprocess.run(
        [sys.executable, "-c", CLI, "--show-completion", shell],
        cwd=ROOT,
        env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"_GRADE_COMPLETE=complete_{shell}" in done.stdout
