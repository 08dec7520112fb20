"""`grade measure`: only a correct answer is measured, and Ctrl-C shows what is there."""

import io
import json

import msgspec
import pages
import pytest

from grader.errors import UsageError
from grader.learner import measure
from grader.learner.measure import MeasureOptions
from grader.measure_model import MeasuredPoint, Measurement
from grader.protocol import RunnerCompared, RunnerFinished, RunnerMeasured, RunnerOpened, RunnerStopped
from grader.reports.console import ReadersConsole
from grader.service.runner_connection import RunOptions

OPENED = RunnerOpened(
    environment=pages.report().environment, isolation=pages.report().isolation, devices={"cpu": "judged"}
)


def point(name, size, seconds):
    return RunnerMeasured(contender=name, point=MeasuredPoint(size, seconds, 0.01, 7))


MESSAGES = [
    OPENED,
    point("yours", 16, 1e-4),
    point("reference", 16, 1e-5),
    point("yours", 32, 4e-4),
    RunnerStopped(contender="reference", why="the time is up"),
    RunnerCompared(size=16, agrees=True),
]


@pytest.fixture
def run(monkeypatch, course, tmp_path):
    """Measure a pretended answer: the verdict on its values, and the messages of the runner."""

    def run(messages=MESSAGES, *, values="met", **chosen):
        result = pages.exercise("toeplitz_1d", pages.law("shape"), pages.law("values", values))
        finished = RunnerFinished(result=result)
        monkeypatch.setattr(measure.grading, "judge", lambda *_: iter([OPENED, finished]))
        monkeypatch.setattr(measure, "measured", lambda *_: iter(messages))
        place = tmp_path / "ada"
        place.mkdir(exist_ok=True)
        text = "def build_toeplitz_1d(kernel, n):\n    return [kernel for _ in range(n) for _ in kernel]\n"
        (place / "toeplitz_1d.py").write_text(text, encoding="utf-8")
        said = io.StringIO()
        console = ReadersConsole(file=said, width=80, highlight=False)
        code = measure.measure("toeplitz_1d", course, RunOptions(), MeasureOptions(place, **chosen), console)
        return code, said.getvalue()

    return run


def test_a_wrong_answer_is_not_measured(run):
    """A wrong answer gets the first thing to fix instead of times."""
    code, said = run(values="not met")
    assert code == 1
    assert said.rstrip().endswith("Not measured: first make the values correct. A wrong answer can be fast.")


def test_what_was_measured_is_written_as_json(run, tmp_path):
    """The JSON file contains each contender with its points, what stopped it, and how deep its loops are."""
    assert run(json=str(tmp_path / "m.json"))[0] == 0
    found = msgspec.json.decode((tmp_path / "m.json").read_bytes(), type=Measurement)
    assert [(one.name, one.kind, one.stopped) for one in found.contenders] == [
        ("yours", "yours", ""),
        ("reference", "reference", "the time is up"),
    ]
    assert [one.size for one in found.contenders[0].points] == [16, 32]
    assert found.contenders[0].loops == 2
    assert (found.compared, found.agrees, found.device) == (16, True, "cpu")


def test_a_page_on_request(run, tmp_path):
    """--html writes a page that contains the numbers."""
    run(html=tmp_path / "m.html")
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "toeplitz_1d" in page


def test_ctrl_c_shows_what_is_there(run, tmp_path):
    """After Ctrl-C, the sizes measured so far are shown and written."""

    def interrupted():
        yield from MESSAGES[:3]
        raise KeyboardInterrupt

    code, said = run(interrupted(), json=str(tmp_path / "m.json"))
    assert code == 0
    assert "16" in said
    found = json.loads((tmp_path / "m.json").read_bytes())
    assert [len(one["points"]) for one in found["contenders"]] == [1, 1]


def test_a_result_that_is_wrong_at_a_large_size(run):
    """If the results differ at the largest size, the exit code is 1 and the first lines say so."""
    code, said = run([*MESSAGES[:-1], RunnerCompared(size=32, agrees=False)])
    assert code == 1
    assert "wrong at n = 32" in said


def test_an_exercise_without_a_table(course, tmp_path):
    """The error for an exercise that can't be measured names those that can."""
    with pytest.raises(UsageError) as refused:
        measure.measure("weight_sharing", course, RunOptions(), MeasureOptions(tmp_path), None)
    assert refused.value.slug == "not-measured"
    assert "toeplitz_1d" in refused.value.expected


@pytest.mark.slow
def test_a_real_measurement(run_grade, tmp_path):
    """The course's own answer is measured beside the reference and the rivals, and agrees."""
    path = tmp_path / "m.json"
    done = run_grade(
        "measure",
        "fft_convolution",
        "--submission",
        "submissions/example",
        "--seconds",
        "3",
        "--json",
        str(path),
    )
    assert done.returncode == 0, done.stderr
    found = msgspec.json.decode(path.read_bytes(), type=Measurement)
    assert {"yours", "reference", "direct", "matrix"} <= {one.name for one in found.contenders}
    assert found.agrees
    assert found.compared >= 64
