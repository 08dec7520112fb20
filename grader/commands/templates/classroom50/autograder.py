#!/usr/bin/env python3
"""What Classroom 50's runner runs in a learner's checkout.

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
    """Write result.json and release-body.md; the exit code is 0 unless the grader failed."""
    os.environ["GRADER_SUBMITTED_AT"] = submitted_at()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(HERE / "course.zip") as archive:
            archive.extractall(folder / "course")
        # An image that has the grader already names it here.
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
    """Judge the learner's folder where the checkout has one, else the checkout itself."""
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
    # What the learner can mend is said to the learner; all else is no verdict on the submission.
    if slug in OPTIONS["learners"]:
        nothing_to_judge(done.stderr)
    elif done.returncode == 0:
        export = [grade, "export", report, "--to"]
        subprocess.run([*export, "github-summary", "-o", "release-body.md"], check=True)
        subprocess.run([*export, "classroom50", "-o", "result.json"], check=True)
    return 0 if slug in OPTIONS["learners"] else done.returncode


def submitted_at() -> str:
    """Return when the commit was made, which is what counts for a deadline, else when it was tagged."""
    command = ["git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]
    done = subprocess.run(command, env={**os.environ, "TZ": "UTC"}, capture_output=True, encoding="utf-8")
    day, _, hours = os.environ["SUBMISSION_TAG"].partition("/")[2].partition("Z")[0].partition("T")
    return done.stdout.strip() or f"{day}T{hours.replace('-', ':')}Z"


def nothing_to_judge(error: str) -> None:
    """Write a result of no points that tells what is wrong with what was handed in."""
    text = "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in error)
    most = OPTIONS["points"]
    test = {"test-name": "a file to judge", "passed": False, "score": 0, "max-score": most, "message": text}
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
    Path("release-body.md").write_text(f"There was nothing to judge.\n\n{indented}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
