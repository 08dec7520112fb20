"""Checks the action and the workflow against GitHub's schemas, and runs their scripts."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed: pip install -e '.[test]' brings it")

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((ROOT / "integrations/grade.yml").read_text(encoding="utf-8"))
STEPS = [*ACTION["runs"]["steps"], *WORKFLOW["jobs"]["grade"]["steps"]]
DEFAULTS = {f"inputs.{name}": one.get("default", "") for name, one in ACTION["inputs"].items()}
HOSTILE = ROOT / "tests/hostile/prints_workflow_commands.py"
# A grader that prints anything, to see how a runner reacts.
LOUD = """#!/bin/sh
if [ "$1" = run ]; then
    echo "::set-output name=score::13"
    echo "::add-mask::0"
    echo "::error::taken over"
    while [ "$1" != --json ]; do shift; done
    echo '{"score": 1.0, "max_score": 2.0}' > "$2"
    exit 1
fi
"""


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "integrations/grade.yml"),
        ("vendor.github-workflows", ".github/workflows/test.yml"),
    ],
)
def test_githubs_schemas_take_them(schema, file):
    """GitHub's own schemas find no errors."""
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", schema, ROOT / file]
    if not command[0].exists():
        pytest.skip("check-jsonschema is not installed: pip install -e '.[test]' brings it")
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_from_outside_is_put_into_a_script():
    """No script contains an expression: values from a pull request reach it only as variables."""
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert len(scripts) == 3
    assert not any("${{" in script for script in scripts)


def test_a_pull_request_gets_nothing():
    """The workflow runs with a pull request's rights, has read-only access, and stores no token."""
    # YAML 1.1 reads `on` as true.
    assert set(WORKFLOW[True]) == {"pull_request"}
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "permissions" not in WORKFLOW["jobs"]["grade"]
    checkout = WORKFLOW["jobs"]["grade"]["steps"][0]
    assert checkout["with"]["persist-credentials"] is False
    assert "secrets." not in (ROOT / "integrations/grade.yml").read_text(encoding="utf-8")


def obeyed(log):
    """Return the commands that a runner executes; it ignores those from `stop-commands` to its token."""
    found, word = [], None
    for line in log.splitlines():
        command = re.match(r"\s*::([^:\s]+)( [^:]*)?::(.*)", line)
        if word is not None:
            word = None if line.strip() == f"::{word}::" else word
        elif command and command[1] == "stop-commands":
            word = command[3]
        elif command or "##[" in line:
            found.append(line)
    assert word is None
    return found


class Runner:
    """The working folder of a runner, where the scripts of the steps run."""

    def __init__(self, folder):
        self.folder = folder
        self.workspace = folder / "work"
        self.files = {name: folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        self.workspace.mkdir()
        for file in self.files.values():
            file.touch()
        (folder / "bin").mkdir()
        (folder / "bin/python").symlink_to(sys.executable)

    def run(self, step, values=None, **variables):
        given = DEFAULTS | (values or {})
        env = {
            name: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: given[found[1]], str(value))
            for name, value in step.get("env", {}).items()
        }
        own = {name: value for name, value in os.environ.items() if not name.startswith("GRADER_")}
        runner = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(ROOT),
            **{name: str(file) for name, file in self.files.items()},
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=own | runner | env | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    @property
    def outputs(self):
        lines = self.files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def summary(self):
        return self.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")

    def grade(self, submission, content="", *, program=None, **inputs):
        program = program or f'#!/bin/sh\nexec {sys.executable} -m grader "$@"\n'
        command = self.folder / "grade"
        command.write_text(program)
        command.chmod(0o755)
        values = {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        values |= {"steps.install.outputs.grade": str(command), "inputs.submission": submission}
        values.setdefault("inputs.require-isolation", "process")
        step = next(one for one in STEPS if one.get("id") == "grade")
        return self.run(step, values)


@pytest.fixture
def runner(tmp_path):
    return Runner(tmp_path)


@pytest.mark.slow
def test_a_right_submission_succeeds(runner):
    """A correct submission gets all points, a summary that says so, and no annotation."""
    shutil.copytree(ROOT / "submissions/example", runner.workspace / "submissions/ada")
    done = runner.grade("submissions/ada", exercises="toeplitz_1d sliding_window")
    assert done.returncode == 0, done.stdout
    assert obeyed(done.stdout) == []
    # 30 on the CPU. The points of another device depend on the machine.
    whole = runner.outputs["max-score"]
    assert runner.outputs["score"] == whole in {"30", "33"}
    assert runner.summary.startswith(f"## {whole} of {whole} points, 2 of 2 exercises correct\n")


@pytest.mark.slow
def test_a_wrong_submission_is_annotated(runner):
    """An unmet property fails the step and is annotated at the learner's line."""
    shutil.copytree(ROOT / "submissions/mistakes", runner.workspace / "submissions/ada")
    done = runner.grade("submissions/ada", exercises="toeplitz_1d")
    assert done.returncode == 1
    (command,) = obeyed(done.stdout)
    assert command.startswith(
        "::error file=submissions/ada/toeplitz_1d.py,line=4,title=toeplitz_1d%3A values"
    )
    assert "### toeplitz\\_1d" in runner.summary


@pytest.mark.parametrize(("exit_zero", "code"), [("false", 1), ("true", 0)])
def test_a_step_need_not_fail(runner, exit_zero, code):
    """With exit-zero, the step succeeds even if something isn't met, and still shows the points."""
    assert runner.grade("x", program=LOUD, exit_zero=exit_zero).returncode == code
    assert runner.outputs["score"] == "1"


@pytest.mark.slow
def test_a_hostile_submission_gives_no_command(runner):
    """A runner executes no command that a submission prints or raises. The only command is the annotation."""
    (runner.workspace / "toeplitz_1d.py").write_text(HOSTILE.read_text())
    done = runner.grade("toeplitz_1d.py")
    assert done.returncode == 1
    assert all(line.startswith("::error file=toeplitz_1d.py,line=") for line in obeyed(done.stdout))
    assert len(obeyed(done.stdout)) == 1
    assert set(runner.outputs) == {"score", "max-score", "report"}
    assert runner.outputs["score"] == "0"


def test_no_command_is_obeyed_while_a_submission_runs(runner):
    """Even commands that the grader prints unchanged would not be executed."""
    done = runner.grade("x", program=LOUD)
    assert "::error::taken over" in done.stdout
    assert obeyed(done.stdout) == []
    assert obeyed(LOUD.replace("echo ", "").replace('"', "")) != []


@pytest.mark.parametrize("name", ["$(touch owned)", "`touch owned`", "; touch owned", "--help", "a b"])
def test_the_name_of_a_submission_is_a_name(runner, name):
    """A path is never run, split or read as an option. A missing path is reported as missing."""
    done = runner.grade(name)
    assert done.returncode == 2
    assert "error[no-submission]" in done.stdout
    assert not (runner.workspace / "owned").exists()
    assert runner.outputs == {}


def changed(runner, *paths):
    """Make a pull request with these files, and let the workflow find its submission."""
    git = ["git", "-c", "user.name=ada", "-c", "user.email=ada@example.org", "-C", str(runner.workspace)]

    def commit():
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
        return subprocess.run(
            [*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
        ).stdout.strip()

    subprocess.run([*git, "init", "-q"], check=True)
    (runner.workspace / "submissions/bob").mkdir(parents=True)
    (runner.workspace / "submissions/bob/x.py").touch()
    base = commit()
    for path in paths:
        (runner.workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (runner.workspace / path).write_text("x")
    commit()
    step = next(one for one in STEPS if one.get("id") == "find")
    return runner.run(step, {"github.event.pull_request.base.sha": base})


def test_a_pull_requests_submission_is_found(runner):
    """The submission is the only folder in submissions/ that the pull request changes."""
    done = changed(runner, "submissions/ada/toeplitz_1d.py", "submissions/ada/more/notes.txt", "README.md")
    assert done.returncode == 0, done.stdout
    assert runner.outputs == {"submission": "submissions/ada"}


@pytest.mark.parametrize(
    "paths",
    [
        ("README.md",),
        ("submissions/ada/x.py", "submissions/bob/x.py"),
        ("submissions/a\nscore=13/x.py",),
        ("submissions/$(touch owned)/x.py",),
        ("submissions/-x/x.py",),
    ],
)
def test_a_pull_request_without_one_plain_submission(runner, paths):
    """No submission, several, or an odd name end the job, and the output file stays empty."""
    done = changed(runner, *paths)
    assert done.returncode == 1
    assert [line.partition(" folders")[0] for line in obeyed(done.stdout)] in (
        ["::error::0"],
        ["::error::1"],
        ["::error::2"],
    )
    assert runner.outputs == {}
    assert not (runner.workspace / "owned").exists()
