"""The pre-commit hook: its manifest, its command, and pre-commit itself."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed: pip install -e '.[test]' brings it")

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
(HOOK,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def pre_commit(*arguments, cwd=ROOT):
    command = Path(sys.executable).with_name("pre-commit")
    if not command.exists():
        pytest.skip("pre-commit is not installed: pip install -e '.[test]' brings it")
    return subprocess.run(
        [command, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def test_pre_commit_takes_the_manifest():
    """pre-commit's own validator finds no errors."""
    done = pre_commit("validate-manifest", str(MANIFEST))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("source", "code"), [("example", 0), ("mistakes", 1)])
def test_what_the_hook_runs(run_grade, own_course, source, code):
    """The hook judges the learner's folder and blocks a commit if something isn't met."""
    shutil.copy(ROOT / f"submissions/{source}/toeplitz_1d.py", own_course / "submissions/me")
    command = [*HOOK["entry"].split(), *HOOK["args"]]
    assert command[0] == "grade"
    assert run_grade(*command[1:], cwd=own_course).returncode == code


def test_when_the_hook_runs():
    """Only learners' answers and notebooks start the hook."""
    started = re.compile(HOOK["files"])
    assert all(started.search(f"submissions/me/{name}") for name in ("toeplitz_1d.py", "homework.ipynb"))
    assert not any(
        started.search(name) for name in ("README.md", "exercises/x/x.py", "submissions/me/notes.md")
    )


def committed(folder):
    """Make a folder a repository and return its commit."""
    git = ["git", "-c", "user.name=ada", "-c", "user.email=ada@example.org", "-C", str(folder)]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *arguments], check=True)
    return subprocess.run(
        [*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.mark.nightly
def test_pre_commit_runs_it(own_course, tmp_path_factory, monkeypatch):
    """pre-commit installs the grader from its repository; a correct answer passes, a wrong one fails."""
    folder = tmp_path_factory.mktemp("pre-commit")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(folder / "home"))
    # The newest torch may be a build for CUDA, which is much larger.
    monkeypatch.setenv("PIP_CONSTRAINT", str(ROOT / "constraints.txt"))
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*_cache", "tests")
    shutil.copytree(ROOT, folder / "grader", ignore=ignored)
    hooks = [
        {"repo": str(folder / "grader"), "rev": committed(folder / "grader"), "hooks": [{"id": HOOK["id"]}]}
    ]
    (own_course / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": hooks}))
    for source, outcome in (("example", "Passed"), ("mistakes", "Failed")):
        shutil.copy(ROOT / f"submissions/{source}/toeplitz_1d.py", own_course / "submissions/me")
        committed(own_course)
        done = pre_commit("run", "--all-files", cwd=own_course)
        if "pip install" in done.stdout:
            pytest.skip(f"nothing can be installed here: {done.stdout[-200:]}")
        assert re.search(rf"grade the submission\.+{outcome}", done.stdout), done.stdout
