#!/usr/bin/env python3
"""The autograder that Classroom 50 runs in a learner's checkout.

https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
OPTIONS = json.loads((HERE / "options.json").read_text(encoding="utf-8"))


def main() -> int:
    """Write result.json and release-body.md. The exit code is 0 unless the grader failed."""
    os.environ["GRADER_SUBMITTED_AT"] = submitted_at()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(HERE / "course.zip") as archive:
            archive.extractall(folder / "course")
        # An image with the grader installed names its command here.
        grade = os.environ.get("GRADER_COMMAND") or installed(folder / "venv", folder / "course")
        return judged(grade, folder / "course", str(folder / "report.json"))


def installed(venv: Path, course: Path) -> str:
    """Install the grader and return its command."""
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    wheels = "https://download.pytorch.org/whl/cpu"
    pip = [str(venv / "bin/pip"), "install", "-q", "--extra-index-url", wheels, str(course)]
    subprocess.run(pip, check=True)
    return str(venv / "bin/grade")


def judged(grade: str, course: Path, report: str) -> int:
    """Grade the learner's folder in the checkout, or the checkout itself if there is none."""
    answers = OPTIONS["submission"]
    done = subprocess.run(
        [grade, "run", "--course", str(course), "--json", report, "--exit-zero", *OPTIONS["run"]]
        + ["--", answers if Path(answers).is_dir() else "."],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    sys.stderr.write(done.stderr)
    slug = done.stderr.partition("error[")[2].partition("]")[0]
    # The learner sees errors that a learner can fix. Other errors say nothing about the submission.
    if slug in OPTIONS["learners"]:
        nothing_to_judge(done.stderr)
    elif done.returncode == 0:
        export = [grade, "export", report, "--to"]
        subprocess.run([*export, "github-summary", "-o", "release-body.md"], check=True)
        subprocess.run([*export, "classroom50", "-o", "result.json"], check=True)
    return 0 if slug in OPTIONS["learners"] else done.returncode


def submitted_at() -> str:
    """Return the commit's time, which counts for the deadline, or the tag's time if there is none."""
    command = ["git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]
    done = subprocess.run(command, env={**os.environ, "TZ": "UTC"}, capture_output=True, encoding="utf-8")
    day, _, hours = os.environ["SUBMISSION_TAG"].partition("/")[2].partition("Z")[0].partition("T")
    return done.stdout.strip() or f"{day}T{hours.replace('-', ':')}Z"


def nothing_to_judge(error: str) -> None:
    """Write a result with 0 points and the reason why the submission can't be graded."""
    text = "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in error)
    most = OPTIONS["points"]
    test = {"test-name": "a file to grade", "passed": False, "score": 0, "max-score": most, "message": text}
    result = {
        "schema": "classroom50/result/v1",
        "classroom": os.environ["CLASSROOM"],
        "assignment": os.environ["ASSIGNMENT"],
        "assignment_type": os.environ.get("ASSIGNMENT_TYPE") or "individual",
        "owner": os.environ.get("OWNER") or os.environ["USERNAME"],
        "submission": os.environ["SUBMISSION_TAG"],
        "commit": os.environ["COMMIT_URL"],
        "release": os.environ["RELEASE_URL"],
        "review": os.environ.get("REVIEW_URL") or os.environ["COMMIT_URL"],
        "datetime": os.environ["GRADER_SUBMITTED_AT"],
        "score": 0,
        "max-score": most,
        "tests": [test],
    }
    Path("result.json").write_text(json.dumps(result, indent=2), encoding="utf-8")
    indented = "".join(f"    {line}\n" for line in text.splitlines())
    Path("release-body.md").write_text(f"There was nothing to grade.\n\n{indented}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
