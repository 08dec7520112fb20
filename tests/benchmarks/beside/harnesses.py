"""Set up each tool for the same exercise, as its documentation describes. The set-up is not measured."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.beside import notebooks
from benchmarks.beside.exercise import EXERCISE, write_course
from benchmarks.beside.trials import Trial

FILES = Path(__file__).with_name("files")
ANSWER = f"{EXERCISE}.py"


@dataclass(frozen=True)
class Place:
    """A tool's own folder, the shared folder, a learner's answer, and the Python that has the tool."""

    folder: Path
    shared: Path
    answer: str
    python: Path = Path(sys.executable)

    def put(self, *files: tuple[str, str]) -> None:
        """Write the answer and the harness files under the names that the tool expects."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / ANSWER).write_text(self.answer, encoding="utf-8")
        for name, wanted in files:
            (self.folder / wanted).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(FILES / name, self.folder / wanted)

    def trial(self, *arguments: str, scores: Callable[[str], list[float]], leaves: str = "") -> Trial:
        """Return a trial in the tool's activated environment, with the shared files as modules."""
        path = f"{self.python.parent}{os.pathsep}{os.environ['PATH']}"
        command = [str(self.python), *arguments]
        return Trial(command, self.folder, scores, leaves, {"PYTHONPATH": str(self.shared), "PATH": path})

    def read(self, name: str) -> Any:
        """Return the content of a JSON file."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def script(self, name: str) -> str:
        """Return the path of a command that came with the tool."""
        return str(self.python.parent / name)


Harness = Callable[[Place], Mapping[int, Trial]]


def this_grader(place: Place) -> dict[int, Trial]:
    """`grade run` of one answer, and `grade cohort` of 20 and 60 different ones, on the CPU like the other tools.

    bubblewrap doesn't report the CPU seconds of its children, so they would not be counted. Therefore the
    namespaces are switched off; the kernel layers stay on.
    """
    return _this_grader(place, "cpu")


def this_grader_as_it_comes(place: Place) -> dict[int, Trial]:
    """The same commands on the default devices, including the simulated one if there is no other."""
    return _this_grader(place, "auto")


def _this_grader(place: Place, device: str) -> dict[int, Trial]:
    place.put()
    write_course(place.folder / "course")
    return {1: _run_alone(place, device), **{size: _cohort(place, size, device) for size in (20, 60)}}


def _run_alone(place: Place, device: str) -> Trial:
    def scores(_: str) -> list[float]:
        report = place.read("report.json")
        return [report["score"] / report["max_score"]]

    words = ("run", ANSWER, "--device", device, "--json", "report.json")
    return _grade(place, *words, scores=scores, leaves="report.json")


def _cohort(place: Place, size: int, device: str) -> Trial:
    name = f"cohort{size}"
    for number in range(size):
        learner = place.folder / name / f"learner{number}"
        learner.mkdir(parents=True)
        (learner / ANSWER).write_text(f"{place.answer}\n# {number}\n", encoding="utf-8")

    def scores(_: str) -> list[float]:
        summary = place.read(f"{name}-reports/summary.json")
        return [row["score"] / summary["max_score"] for row in summary["submissions"]]

    words = ("cohort", name, "--device", device)
    return _grade(place, *words, scores=scores, leaves=f"{name}-reports")


def _grade(place: Place, *words: str, scores: Callable[[str], list[float]], leaves: str) -> Trial:
    options = ("--course", "course", "--exit-zero", "--without-layer", "namespaces")
    return Trial([str(place.python), "-m", "grader", *words, *options], place.folder, scores, leaves)


def plain(place: Place) -> dict[int, Trial]:
    """Import torch, run the cases in a loop, compare with the loop oracle."""
    place.put(("plain.py", "plain.py"))
    return {1: place.trial("plain.py", ANSWER, scores=lambda said: [float("score: 1" in said)])}


def pytest_and_hypothesis(place: Place) -> dict[int, Trial]:
    """The test without a grader: Hypothesis draws the cases in each run."""
    place.put(("hypothesis_values.py", "test_values.py"))
    arguments = ("-m", "pytest", "-q", "test_values.py")
    return {1: place.trial(*arguments, scores=lambda said: [float("1 passed" in said)])}


def gradescope_utils(place: Place) -> dict[int, Trial]:
    """The autograder's run_tests.py, in a folder like Gradescope's."""
    place.put(("gradescope_run_tests.py", "run_tests.py"), ("gradescope_values.py", "tests/test_values.py"))

    def scores(_: str) -> list[float]:
        tests = place.read("results.json")["tests"]
        return [sum(test["score"] for test in tests) / sum(test["max_score"] for test in tests)]

    return {1: place.trial("run_tests.py", scores=scores, leaves="results.json")}


def check50(place: Place) -> dict[int, Trial]:
    """Checks in a local folder, run with --dev as their authors do."""
    place.put(("check50_values.py", "checks/__init__.py"))
    (place.folder / "checks/.cs50.yaml").write_text(f"check50:\n  files:\n    - !require {ANSWER}\n")
    arguments = ("--dev", "-o", "json", "--output-file", "results.json", "checks")

    def scores(_: str) -> list[float]:
        results = place.read("results.json")["results"]
        return [sum(result["passed"] is True for result in results) / len(results)]

    return {1: place.trial(place.script("check50"), *arguments, scores=scores, leaves="results.json")}


def otter_grader(place: Place) -> dict[int, Trial]:
    """`otter run` with an autograder made by `otter generate`. `otter grade` would add a container."""
    place.put(("otter_values.py", "tests/values.py"))
    _prepare(place, "otter", "generate", "-t", "tests", "-o", "autograder.zip")
    arguments = ("run", "-a", "autograder.zip", ANSWER)

    def scores(_: str) -> list[float]:
        tests = place.read("results.json")["tests"]
        worth = [test for test in tests if "max_score" in test]
        return [sum(test["score"] for test in worth) / sum(test["max_score"] for test in worth)]

    return {1: place.trial(place.script("otter"), *arguments, scores=scores, leaves="results.json")}


def nbgrader(place: Place) -> dict[int, Trial]:
    """Run `nbgrader autograde` on one notebook and on five in one run, each in its own kernel."""
    return {size: _autograded(place, size) for size in (1, 5)}


def _autograded(place: Place, size: int) -> Trial:
    one = Place(place.folder / f"course{size}", place.shared, place.answer, place.python)
    one.folder.mkdir(parents=True)
    notebooks.write_source(one.folder / f"source/{EXERCISE}/{EXERCISE}.ipynb")
    _prepare(one, "nbgrader", "generate_assignment", EXERCISE)
    released = one.folder / f"release/{EXERCISE}/{EXERCISE}.ipynb"
    for number in range(size):
        handed_in = one.folder / f"submitted/learner{number}/{EXERCISE}/{EXERCISE}.ipynb"
        notebooks.write_answered(released, handed_in, f"{place.answer}\n# {number}\n")

    def scores(_: str) -> list[float]:
        if len([*one.folder.glob("autograded/*/*/*.ipynb")]) != size:
            return []
        _prepare(one, "nbgrader", "export", "--to", "grades.csv")
        with (one.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            return [float(row["score"]) / float(row["max_score"]) for row in csv.DictReader(file)]

    script = one.script("nbgrader")
    return one.trial(script, "autograde", EXERCISE, scores=scores, leaves="autograded")


def _prepare(place: Place, script: str, *arguments: str) -> None:
    trial = place.trial(place.script(script), *arguments, scores=lambda _: [])
    trial.output_of(trial.command)
