"""Which devices a run judges on, and the simulated one as a learner meets it."""

import json

import pytest

from grader.checks import devices
from grader.errors import UsageError
from grader.sandbox import sim

WITHOUT_DEVICE = """
import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = torch.zeros(n - len(kernel) + 1, n, dtype=kernel.dtype)
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    return matrix
"""


@pytest.fixture
def simulated():
    if (why_not := sim.available()) is not None:
        pytest.skip(why_not)


def test_what_is_not_asked_for_is_not_judged():
    """A device that was not asked for says so, and the simulated one is only spoken of when it is."""
    assert devices.choose("cpu").states["cuda"] == "not judged: not asked for"
    assert "sim" not in devices.choose("cpu").states
    assert "sim" not in devices.choose("auto").states


def test_cuda_never_becomes_the_simulation(monkeypatch):
    """Where there is no GPU, asking for one judges nothing."""
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    chosen = devices.choose("cuda")
    assert (chosen.asked, chosen.states["cuda"]) == (("cuda",), "not judged: no CUDA device")
    assert "sim" not in chosen.states


def test_no_such_device():
    """Another name is a mistake of whoever typed it."""
    with pytest.raises(UsageError, match="tpu"):
        devices.choose("tpu")


def test_where_it_can_not_be_simulated_it_is_not_judged(monkeypatch):
    """A torch that can't have such a device gives its reason, and nothing is passed."""
    monkeypatch.setattr(sim, "available", lambda: "torch 2.6 can't")
    assert devices.choose("sim").states["sim"] == "not judged: torch 2.6 can't"


@pytest.mark.usefixtures("simulated")
def test_the_references_are_met_on_the_simulated_device(course, judged):
    """What follows its input's device is met there, as on the CPU."""
    names = ["toeplitz_1d", "fft_convolution"]
    results = judged([(one, course.exercises[one].solution.read_text()) for one in names], device="sim")
    assert [one.status for one in results] == ["met", "met"]
    assert {prop.device for one in results for prop in one.properties} == {"sim"}


@pytest.mark.usefixtures("simulated")
def test_a_factory_without_a_device_is_seen(judged):
    """What passes on every CPU fails as it would on a GPU, and the learner is told where the result lies."""
    on_cpu = judged([("toeplitz_1d", WITHOUT_DEVICE)])
    (on_sim,) = judged([("toeplitz_1d", WITHOUT_DEVICE)], device="sim")
    assert on_cpu[0].status == "met"
    values = next(one for one in on_sim.properties if one.id == "values")
    assert values.verdict == "not met"
    assert "a tensor on `cpu`, while the inputs are on `sim`" in values.reason


@pytest.mark.usefixtures("simulated")
def test_the_report_says_that_it_was_simulated(run_grade):
    """JSON bears the device's name, people read the word, and CUDA is not judged."""
    done = run_grade("run", "submissions/example", "-e", "toeplitz_1d", "--device", "sim", "--json", "-")
    report = json.loads(done.stdout)
    assert report["devices"] == {
        "cpu": "not judged: not asked for",
        "cuda": "not judged: not asked for",
        "sim": "judged",
    }
    assert "judged on sim (simulated)" in done.stderr
    assert report["isolation"]["tier"] in {"kernel", "kernel+namespaces"} or report["isolation"]["missing"]
