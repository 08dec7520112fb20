"""Grading of real submissions: verdicts, points, counterexamples, reports."""

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from times import timeless

from grader.reports import folded_devices, report_json

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
VERDICTS = {
    # exercise: (points, of, not met, not judged) on the CPU, then on sim, where `device` has the points
    "toeplitz_1d": {
        "cpu": (8, 13, ["values", "first_row", "gradient"], []),
        "sim": (0, 1, [], ["values", "first_row", "gradient", "device"]),
    },
    "toeplitz_1d_strided": {
        "cpu": (10, 18, ["shape"], ["values", "padding", "weight_sharing"]),
        "sim": (0, 2, [], ["shape", "values", "padding", "weight_sharing", "device"]),
    },
    "toeplitz_2d": {
        "cpu": (16, 17, ["domain"], []),
        "sim": (
            0,
            2,
            ["shape", "device"],
            """values first_row weight_sharing_of_blocks weight_sharing_in_blocks locality one_row_or_column
            separability dtype gradient domain""".split(),
        ),
    },
    "toeplitz_2d_strided": {
        "cpu": (0, 18, ["shape"], None),
        "sim": (0, 2, [], None),
    },
    "fft_convolution": {"cpu": (18, 18, [], []), "sim": (2, 2, [], [])},
}


def graded(run_grade, folder, *arguments):
    done = run_grade("run", folder, "--json", "-", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout), done


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The folder with the output of one run on submissions/mistakes."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("report")
    files = ["--json", str(folder / "report.json"), "--html", str(folder / "report.html")]
    command = [sys.executable, "-m", "grader", "run", "submissions/mistakes", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return folder


@pytest.fixture(scope="module")
def mistakes(written):
    """The report on submissions/mistakes, written to a file as in the README."""
    return json.loads((written / "report.json").read_text())


@pytest.mark.nightly
def test_the_example_has_full_marks(run_grade):
    """The README's first command reports that all properties are met, with exit code 0."""
    report, done = graded(run_grade, "submissions/example")
    assert done.returncode == 0
    assert report["score"] == report["max_score"]
    assert [one["status"] for one in report["exercises"]] == ["met"] * 28


def test_the_report_is_valid(mistakes):
    """The report matches the shipped schema."""
    jsonschema.validate(mistakes, json.loads(report_json.schema_text()))


@pytest.mark.parametrize(
    ("name", "device"), [(name, device) for name in VERDICTS for device in ("cpu", "sim")]
)
def test_each_mistake_has_its_verdicts(mistakes, name, device):
    """Each exercise has the expected met, unmet and unjudged properties and points."""
    if (state := mistakes["devices"].get(device)) != "judged":
        pytest.skip(f"{device}: {state}")
    result = next(one for one in mistakes["exercises"] if one["id"] == name)
    points, of, wrong, unjudged = VERDICTS[name][device]
    judged = [one for one in result["properties"] if one["device"] == device]
    found = {verdict: [] for verdict in ("met", "not met", "not judged")}
    for one in judged:
        found[one["verdict"]].append(one["id"])
    assert (sum(one["points"] for one in judged), sum(one["max_points"] for one in judged)) == (points, of)
    assert found["not met"] == wrong
    assert unjudged is None or found["not judged"] == unjudged


def test_the_true_convolution_is_named_with_a_small_case(mistakes):
    """The other convention is reported by name, and its case can be checked by hand."""
    values = next(one for one in mistakes["exercises"][0]["properties"] if one["id"] == "values")
    case = values["counterexample"]
    known = values["misconception"]
    assert (known["slug"], known["name"], known["kind"]) == (
        "flipped_kernel",
        "true convolution",
        "convention",
    )
    assert case["call"] == "build_toeplitz_1d(kernel=[1, 2], n=4)"
    assert case["inputs"]["x"]["values"] == [1, 2, 3, 4]
    assert case["obtained"]["values"] == [4, 7, 10]
    assert case["expected"]["values"] == [5, 8, 11]
    assert case["difference"]["values"] == [-1, -1, -1]
    assert values["replay"].startswith("toeplitz_1d.values.cpu.")


def test_the_endless_loop_ends_and_costs_one_property(mistakes):
    """A call that never returns is stopped at its limit, and only its property is lost."""
    domain = next(one for one in mistakes["exercises"][2]["properties"] if one["id"] == "domain")
    assert (domain["cause"], domain["reason"]) == ("timeout", "did not finish within 2 s")
    found = [one for one in mistakes["exercises"][2]["properties"] if one["device"] == "cpu"]
    assert [one["id"] for one in found if one["verdict"] == "not met"] == ["domain"]


def test_the_crash_bears_the_learners_line(mistakes):
    """An exception is reported at the learner's line."""
    shape = mistakes["exercises"][1]["properties"][0]
    assert shape["reason"].startswith("raised IndexError: index 1 is out of bounds")
    assert shape["counterexample"]["line"] == 15


def test_the_untouched_stub_is_not_implemented_yet(mistakes):
    """An unchanged stub earns nothing and is reported as not implemented."""
    result = mistakes["exercises"][3]
    reasons = [one["reason"] for one in result["properties"]]
    if result["properties"][-1]["id"] == "device":
        assert reasons.pop() == "`shape` and `values` must be correct on cpu first"
    assert set(reasons) <= {
        "not implemented yet: TODO: build the matrix (line 25)",
        "wrong on cpu: fix that first",
    }
    assert reasons.count("wrong on cpu: fix that first") < len(mistakes["devices"])


def test_the_page_is_the_report(written):
    """--html writes the page of the same report as --json, with formulas and the learner's lines."""
    import msgspec

    from grader.course import load_course
    from grader.report_model import Report
    from grader.reports import html
    from grader.source_text import SourceText

    report = msgspec.json.decode((written / "report.json").read_bytes(), type=Report)
    folder = ROOT / "submissions/mistakes"
    sources = {
        one.id: SourceText((folder / f"{one.id}.py").read_text(encoding="utf-8"), "f.py")
        for one in report.exercises
    }
    page = html.page(report, formulas=html.formulas_of(load_course(ROOT)), sources=sources)
    assert (written / "report.html").read_text(encoding="utf-8") == page


def test_two_runs_give_the_same_report(run_grade, mistakes):
    """With the same seed, equal submissions give equal reports except for durations."""
    again, _ = graded(run_grade, "submissions/mistakes")
    assert timeless(again) == timeless(mistakes)


def test_another_seed_gives_other_cases(run_grade, tmp_path):
    """The seed determines the cases and is in the report."""
    source = "def build_toeplitz_1d(kernel, n):\n    print(kernel.tolist(), n)\n    return kernel.new_zeros(n - len(kernel) + 1, n)\n"
    (tmp_path / "toeplitz_1d.py").write_text(source)
    reports = {seed: graded(run_grade, tmp_path, "--seed", seed)[0] for seed in ("1", "2", "random")}
    printed = {report["exercises"][0]["stdout"] for report in reports.values()}
    assert len(printed) == 3
    assert (reports["1"]["seed"], reports["2"]["seed"]) == (1, 2)


@pytest.mark.parametrize("name", ["toeplitz_1d", "toeplitz_2d"])
def test_the_notebooks_own_answers(judged, name):
    """The notebook's functions fail only dtype, domain and device, losing at most 30 % of the points."""
    source = (ROOT / f"tests/notebook/{name}.py").read_text()
    (result,) = judged([(name, source)], device="auto")
    told = folded_devices.told(result).properties
    lost = {one.id: one.misconception.name for one in told if one.verdict != "met"}
    known = {"dtype": "dtype fixed to float32", "domain": "arguments not checked"}
    known |= {"domain_axes": "arguments not checked"}
    if len({one.device for one in told}) > 1:
        known["device"] = "not on the input's device"
    assert lost == known
    assert result.score >= 0.7 * result.max_score
    assert result.score == result.max_score - sum(one.max_points for one in told if one.id in lost)


def test_no_gpu_is_not_judged(judged):
    """Without a GPU, properties on CUDA get the verdict 'not judged' and have no points."""
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    source = (ROOT / "submissions/example/toeplitz_1d.py").read_text()
    (result,) = judged([("toeplitz_1d", source)], device="cuda")
    assert {(one.verdict, one.reason, one.max_points) for one in result.properties} == {
        ("not judged", "no CUDA device", 0.0)
    }
    assert (result.status, result.score, result.max_score) == ("not judged", 0.0, 0.0)


def test_the_schema_is_the_one_of_the_records():
    """The shipped schema is identical to the one generated from the records."""
    assert json.loads(report_json.schema_text()) == json.loads(msgspec.json.encode(report_json.schema()))


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        ("", "Your function returned None. Did you forget `return`?"),
        ("return list(T)", "Your function returned a Python list. The exercise wants a tensor"),
        ("return T[:-1]", "Known mistake: one row short."),
    ],
)
def test_one_cause_is_one_message(run_grade, tmp_path, ends, says):
    """A wrong type, or one mistake in every test, is shown once, within a screen and without internal data."""
    (tmp_path / "toeplitz_1d.py").write_text(
        "import torch\n\n\ndef build_toeplitz_1d(kernel, n):\n"
        "    if kernel.dim() != 1 or not 0 < len(kernel) <= n:\n        raise ValueError('no such matrix')\n"
        "    T = torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype)\n"
        "    for i in range(len(T)):\n        T[i, i : i + len(kernel)] = kernel\n"
        f"    {ends or 'pass'}\n"
    )
    done = run_grade("run", tmp_path, "--device", "cpu", env={"COLUMNS": "80"})
    assert done.stdout.replace("\n    ", " ").count(says) == 1
    assert "also wrong for this reason: shape, first_row" in done.stdout
    assert "dtype'" not in done.stdout
    assert len(done.stdout.strip().splitlines()) <= 25
