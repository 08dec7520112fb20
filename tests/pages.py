"""Test reports: the golden ones, one with everything that a page can show, and a large one."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.report_model import (
    Array,
    Counterexample,
    CourseRecord,
    Environment,
    ExerciseResult,
    Factor,
    Isolation,
    Misconception,
    Property,
    Report,
    SourceError,
    Submission,
    Term,
    Tool,
    Window,
)
from grader.reports import html
from grader.source_text import SourceText

ROOT = Path(__file__).parent.parent
# Each is graded once. Its complete text, page and report are compared.
GOLDEN = {"mistakes": ROOT / "submissions/mistakes", "troubles": ROOT / "tests/golden/troubles"}
SOURCE = "def f(x):\n    return x.flip(0)  # <b>bold</b>\n"


@dataclass(frozen=True)
class Shown:
    """A report with the formulas and sources for its page."""

    report: Report
    formulas: dict[str, str]
    sources: dict[str, SourceText]

    def page(self):
        return html.page(self.report, formulas=self.formulas, sources=self.sources)


def report(*exercises, **fields):
    values = {
        "format": 1,
        "tool": Tool("toeplitz-grader", "0.1.0"),
        "submission": Submission("submissions/ada", "a1" * 32),
        "course": CourseRecord("Convolution as matrix multiplication", "b2" * 32),
        "seed": 20,
        "environment": Environment("3.11.7", "2.13.0", "2.4.6", "6.170", "linux-x86_64"),
        "isolation": Isolation("kernel", "process", {}, {}, {}),
        "devices": {"cpu": "judged", "cuda": "not judged: no CUDA device"},
        "score": sum(one.score for one in exercises),
        "max_score": sum(one.max_score for one in exercises),
        "exercises": list(exercises),
    }
    return Report(**(values | fields))


def exercise(name, *properties, **fields):
    verdicts = {one.verdict for one in properties}
    values = {
        "id": name,
        "title": f"The exercise {name}",
        "status": "met" if verdicts == {"met"} else "not met",
        "score": sum(one.points for one in properties),
        "max_score": sum(one.max_points for one in properties),
        "duration": 0.5,
        "properties": list(properties),
        "stdout": "",
        "error": None,
    }
    return ExerciseResult(**(values | fields))


def law(name, verdict="met", **fields):
    values = {
        "id": name,
        "says": f"The law {name} holds.",
        "device": "cpu",
        "verdict": verdict,
        "cause": "wrong" if verdict == "not met" else None,
        "reason": None,
        "points": 2.0 if verdict == "met" else 0.0,
        "max_points": 2.0,
        "duration": 0.25,
    }
    return Property(**(values | fields))


def vector(*values, dtype="float32"):
    return Array(dtype, [len(values)], list(values))


def matrix(*rows, dtype="float32"):
    return Array(dtype, [len(rows), len(rows[0])], [list(row) for row in rows])


def case(obtained=None, expected=None, difference=None, call="f(x=[1, 2])", inputs=None, line=2, window=None):
    return Counterexample(call, inputs or {}, obtained, expected, difference, line, window=window)


def known(kind, slug="slug", message="What to know about it."):
    return Misconception(slug, f"a {kind} of many", message, kind)


def term(*factors, times=1.0):
    return Term(times, [Factor(name, list(at), float(value)) for name, at, value in factors])


KERNEL, SIGNAL = vector(1.0, 2.0), vector(3.0, 4.0, 5.0, 6.0)
SLIDING = Window(
    [1],
    7.0,
    14.0,
    [term(("kernel", [0], 1), ("x", [1], 4)), term(("kernel", [1], 2), ("x", [2], 5))],
)
PATCH = Window(
    [0, 0],
    None,
    -7.0,
    [term(("w", [0, 0], 2), ("x", [0, 1], -5)), term(("w", [0, 1], 3), ("x", [1, 1], 1), times=1.0)],
)
IMAGE = matrix([1.0, -5.0, 2.0], [0.0, 1.0, 7.0])
WIDE = Array("float32", [3, 40], [[float(40 * i + j - 60) for j in range(40)] for i in range(3)])


def everything():
    """Return a report with each verdict, each kind of value and each kind of explanation."""
    one_dimensional = law(
        "values",
        "not met",
        reason="2 of 3 entries differ",
        counterexample=case(
            vector(7.0, 7.0, 17.0),
            vector(11.0, 14.0, 17.0),
            vector(-4.0, -7.0, 0.0),
            call="f(kernel=[1, 2])",
            inputs={"kernel": KERNEL, "x": SIGNAL},
            window=SLIDING,
        ),
        misconception=known("mistake"),
        replay="one.values.cpu.gqZr-_",
    )
    again = law(
        "again",
        "not met",
        device="cuda",
        counterexample=case(1, 2, "1 instead of 2"),
        misconception=known("mistake"),
    )
    two_dimensional = law(
        "image",
        "not met",
        reason="2 of 4 entries differ",
        counterexample=case(
            matrix([math.nan, math.inf], [1.0, -2.0]),
            matrix([-7.0, 3.0], [1.0, -2.0]),
            matrix([math.nan, math.inf], [0.0, 0.0]),
            inputs={"bank": {"x": IMAGE, "w": matrix([2.0, 3.0])}, "x": IMAGE, "w": matrix([2.0, 3.0])},
            window=PATCH,
        ),
        misconception=known("convention", "other"),
    )
    spectrum = law(
        "spectrum",
        "not met",
        counterexample=case(
            vector([0.0, 2.0], [1.0, 0.0], [0.0, 0.0], dtype="complex64"),
            vector([0.0, -2.0], [1.0, 0.0], [0.0, 0.0], dtype="complex64"),
            vector([0.0, 4.0], [0.0, 0.0], [0.0, 0.0], dtype="complex64"),
        ),
        misconception=known("environment", "third"),
    )
    wide = law("wide", "not met", counterexample=case(WIDE, WIDE, "dtype", line=None))
    large = law(
        "large",
        "not met",
        counterexample=case(Array("float32", [4096, 4096], None), vector(1.0), "shape (4096, 4096)"),
    )
    pair = law(
        "pair",
        "not met",
        counterexample=case([vector(1.0), "text"], [vector(2.0, 1.0), "text"], "a tuple that differs"),
    )
    layers = law(
        "layers",
        "not met",
        counterexample=case(
            Array("float32", [2, 1, 2, 2], [[[[1.0, 2.0], [3.0, 4.0]]], [[[5.0, 6.0], [7.0, 8.0]]]]),
            Array("float32", [2, 1, 2, 2], [[[[1.0, 2.0], [3.0, 4.0]]], [[[5.0, 6.0], [7.0, 9.0]]]]),
            Array("float32", [2, 1, 2, 2], [[[[0.0, 0.0], [0.0, 0.0]]], [[[0.0, 0.0], [0.0, -1.0]]]]),
        ),
    )
    empty = law("empty", "not met", counterexample=case(Array("float32", [0, 3], []), None, None))
    stopped = law("later", "not judged", reason="Not tested yet. First fix what stops `values`")
    return Shown(
        report(
            exercise("one", law("shape"), one_dimensional, again, stopped, stdout="hello\n<world>\n"),
            exercise("two", two_dimensional, spectrum, wide, large, pair, layers, empty),
            exercise("three", law("shape"), law("values")),
            exercise(
                "four",
                law("shape", "not met", cause="error", reason="SyntaxError: bad (line 1)"),
                law("values", "not judged", reason="SyntaxError: bad (line 1)"),
                error=SourceError("SyntaxError", "bad", 1, "def f(:", 3, (5, 6)),
            ),
        ),
        {"one": r"y_i = \sum_{j=0}^{k-1} \mathrm{kernel}_j \, x_{i+j}, \qquad i = 0, \dots, n - k"},
        {"one": SourceText(SOURCE, "f.py"), "two": SourceText(SOURCE, "f.py")},
    )


def golden(name="mistakes"):
    """Return a golden report with the machine-dependent fields filled in."""
    kept = json.loads((ROOT / f"tests/golden/{name}.json").read_text(encoding="utf-8"))
    blank = msgspec.to_builtins(report())
    for each in kept["exercises"]:
        each["duration"] = 0.0
        for one in each["properties"]:
            one["duration"] = 0.0
    return Shown(msgspec.convert(blank | kept, Report), _formulas(), _sources(GOLDEN[name]))


def whole_course():
    """Return a report of 28 failing exercises: the golden ones, repeated."""
    shown = golden()
    failing = [one for one in shown.report.exercises if one.status == "not met"]
    exercises = [failing[number % len(failing)] for number in range(28)]
    return Shown(report(*exercises), shown.formulas, shown.sources)


def _formulas():
    from grader.course import load_course

    return html.formulas_of(load_course(ROOT))


def _sources(folder):
    from grader.course import load_course
    from grader.submission.discovery import read_submission

    files = read_submission(folder, load_course(ROOT)).files
    return {one.exercise: one.source for one in files}
