"""Test which devices a run uses, and the simulated device as a learner sees it."""

import html
import json
import re
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.reports import folded_devices, wording
from grader.runner import devices
from grader.sandbox import sim

pytestmark = pytest.mark.slow
RIGHT_ON_THE_CPU = """
import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError
    matrix = kernel.new_zeros(n - len(kernel) + 1, n)
    for i in range(len(matrix)):
        matrix[i, i : i + len(kernel)] = kernel
    if kernel.device.type == "cpu":
        return matrix
    return CHANGED
"""
MISTAKES = Path(__file__).resolve().parents[1] / "devices/mistakes"
WITHOUT_DEVICE = (MISTAKES / "factory_without_device.py").read_text(encoding="utf-8")


@pytest.fixture
def simulated():
    if (why_not := sim.available()) is not None:
        pytest.skip(why_not)


@pytest.fixture
def machine(monkeypatch):
    """A fake machine with given accelerators, with or without the simulated device."""

    def have(*here, sim_is=None):
        monkeypatch.setattr(devices, "_usual", lambda: {"cpu", "cuda", "mps"})
        monkeypatch.setattr("torch.cuda.is_available", lambda: "cuda" in here)
        monkeypatch.setattr("torch.backends.mps.is_available", lambda: "mps" in here)
        monkeypatch.setattr(sim, "available", lambda: sim_is)
        devices._here.cache_clear()

    yield have
    devices._here.cache_clear()


def test_what_is_not_asked_for_is_not_judged():
    """A real device that wasn't requested is reported as such; the simulated one isn't mentioned."""
    assert devices.choose("cpu").states["cuda"] == "not judged: not asked for"
    assert "sim" not in devices.choose("cpu").states


@pytest.mark.parametrize(
    ("here", "sim_is", "asked"),
    [
        ((), None, ("cpu", "sim")),
        ((), "torch 2.6 can't", ("cpu",)),
        (("cuda",), None, ("cpu", "cuda")),
        (("mps",), None, ("cpu", "mps")),
    ],
)
def test_auto_is_the_cpu_and_an_accelerator(machine, here, sim_is, asked):
    """The simulated accelerator is used if there is no other."""
    machine(*here, sim_is=sim_is)
    chosen = devices.choose("auto")
    assert chosen.asked == asked
    states = {
        one: "judged" if one in asked else f"not judged: no {one.upper()} device" for one in chosen.states
    }
    states["cpu"] = "judged"
    if not here:
        states["sim"] = "judged" if sim_is is None else f"not judged: {sim_is}"
    assert chosen.states == states
    assert ("sim" in chosen.states) == (not here)


def test_auto_keeps_to_the_isolation_that_is_required(machine):
    """If kernel isolation is required, `auto` ignores GPUs, and a requested GPU is an error."""
    machine("cuda")
    chosen = devices.choose("auto", "kernel")
    assert chosen.asked == ("cpu", "sim")
    assert chosen.states["cuda"] == ("not judged: its driver can't run with the isolation `kernel`")
    assert devices.choose("cuda", "kernel").asked == ("cuda",)


def test_the_weakest_isolation_is_that_of_a_driver(machine):
    """With a GPU, the required and reported isolation is that of the GPU's workers."""
    machine("cuda")
    assert devices.choose("auto").least_confined == "cuda"
    assert devices.choose("auto", "kernel").least_confined == "cpu"
    machine()
    assert devices.choose("cuda").least_confined == "cpu"


def test_a_device_is_looked_for_once(machine, monkeypatch):
    """A device is looked up only once.

    After the first check, CUDA reports something else in a forked process.
    """
    machine("cuda")
    assert devices.choose("auto").asked == ("cpu", "cuda")
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert devices.choose("auto").asked == ("cpu", "cuda")


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_a_gpu_never_becomes_the_simulation(machine, name):
    """Nothing is graded if the requested device doesn't exist."""
    machine()
    chosen = devices.choose(name)
    assert (chosen.asked, chosen.states[name]) == ((name,), f"not judged: no {name.upper()} device")
    assert "sim" not in chosen.states


def test_no_such_device():
    """An unknown device name is a usage error."""
    with pytest.raises(UsageError, match="tpu"):
        devices.choose("tpu")


def test_where_it_can_not_be_simulated_it_is_not_judged(monkeypatch):
    """If torch can't simulate a device, the reason is shown and nothing counts as passed."""
    monkeypatch.setattr(sim, "available", lambda: "torch 2.6 can't")
    assert devices.choose("sim").states["sim"] == "not judged: torch 2.6 can't"


@pytest.mark.usefixtures("simulated")
def test_the_references_are_met_on_the_simulated_device(course, judged):
    """Code that uses its input's device passes on the simulated device, as it does on the CPU."""
    names = ["toeplitz_1d", "fft_convolution"]
    results = judged([(one, course.exercises[one].solution.read_text()) for one in names], device="sim")
    assert [one.status for one in results] == ["met", "met"]
    assert {prop.device for one in results for prop in one.properties} == {"sim"}


@pytest.mark.usefixtures("simulated")
def test_a_factory_without_a_device_is_seen(judged):
    """CPU-only code fails as it would on a GPU, and the message says where the result is."""
    on_cpu = judged([("toeplitz_1d", WITHOUT_DEVICE)])
    (on_sim,) = judged([("toeplitz_1d", WITHOUT_DEVICE)], device="sim")
    assert on_cpu[0].status == "met"
    shape, values = (next(one for one in on_sim.properties if one.id == name) for name in ("shape", "values"))
    assert (shape.verdict, values.verdict) == ("not met", "not judged")
    assert (
        shape.reason
        == "Your function returned a tensor on `cpu`, while the inputs are on `sim`. Create the result on the same device as the inputs."
    )
    assert values.reason == "Not tested yet. First fix what stops `shape`: not on the input's device"


@pytest.mark.usefixtures("simulated")
def test_the_report_says_that_it_was_simulated(run_grade):
    """The JSON names the device, the text says 'simulated', and CUDA is not judged."""
    done = run_grade("run", "submissions/example", "-e", "toeplitz_1d", "--device", "sim", "--json", "-")
    report = json.loads(done.stdout)
    assert report["devices"] == {
        "cpu": "not judged: not asked for",
        "cuda": "not judged: not asked for",
        "sim": "judged",
    }
    assert "tested on sim (simulated)" in done.stderr
    assert report["isolation"]["tier"] in {"kernel", "kernel+namespaces"} or report["isolation"]["missing"]


@pytest.mark.usefixtures("simulated")
@pytest.mark.parametrize(
    ("changed", "failed", "reason"),
    [
        ("2 * matrix", {"values", "first_row", "gradient"}, None),
        ("matrix.double()", {"dtype"}, None),
        (
            "matrix.cpu()",
            {"shape"},
            "Your function returned a tensor on `cpu`, while the inputs are on `sim`. Create the result on the same device as the inputs.",
        ),
        ("matrix[:-1]", {"shape"}, None),
    ],
)
def test_parity_is_every_property_on_each_device(judged, changed, failed, reason):
    """If the same cases give different results on another device, points are lost.

    The results must have the same dtype and be on that device.
    """
    source = RIGHT_ON_THE_CPU.replace("CHANGED", changed)
    (result,) = judged([("toeplitz_1d", source)], device="auto")
    here, there = ([one for one in result.properties if one.device == name] for name in ("cpu", "sim"))
    *there, device = there
    assert {one.verdict for one in here} == {"met"}
    wrong = {one.id: one.reason for one in there if one.verdict == "not met"}
    assert failed <= set(wrong)
    assert reason is None or reason in wrong.values()
    assert (device.id, device.verdict, result.score, result.max_score) == ("device", "not met", 13.0, 14.0)


@pytest.mark.usefixtures("simulated")
def test_the_same_cases_are_tried_on_each_device(judged):
    """A case that fails on another device is one that was drawn for the first device."""
    text = RIGHT_ON_THE_CPU.replace("CHANGED", "matrix if len(kernel) < 4 else 2 * matrix")
    seen = RIGHT_ON_THE_CPU.replace(
        "matrix = ", 'print(f"{len(kernel)} {n} {float(kernel[0]):.5g}")\n    matrix = '
    ).replace("CHANGED", "matrix")
    (result,) = judged([("toeplitz_1d", text)], device="auto")
    (printed,) = judged([("toeplitz_1d", seen)])
    values = next(one for one in result.properties if (one.id, one.device) == ("values", "sim"))
    kernel, x = (values.counterexample.inputs[name]["values"] for name in ("kernel", "x"))
    assert f"{len(kernel)} {len(x)} {kernel[0]:.5g}" in printed.stdout.splitlines()


@pytest.mark.usefixtures("simulated")
def test_a_default_device_does_not_outlive_a_call(judged):
    """If a call changes torch's default device, this is reported and undone before the next call."""
    text = WITHOUT_DEVICE.replace("    matrix =", "    torch.set_default_device(kernel.device)\n    matrix =")
    (result,) = judged([("toeplitz_1d", text)], device="sim")
    (shape,) = [one for one in result.properties if one.id == "shape"]
    assert shape.reason == "Your function returned a value, but changed torch's default device to `sim`."
    once = text.replace("torch.set_default_device(kernel.device)", "other(kernel)") + (
        "def other(kernel):\n    if n_th.pop(0) == 0:\n        torch.set_default_device(kernel.device)\n"
        "n_th = list(range(10_000))\n"
    )
    (result,) = judged([("toeplitz_1d", once)], device="sim")
    reasons = {one.reason for one in result.properties if one.verdict == "not met"}
    assert (
        "Your function returned a tensor on `cpu`, while the inputs are on `sim`. Create the result on the same device as the inputs."
        in reasons
    )


@pytest.mark.usefixtures("simulated")
def test_one_cause_costs_once(judged):
    """All points except those for `device` are earned on the CPU.

    Failures on the first device aren't marked as evidence.
    """
    (result,) = judged([("toeplitz_1d", WITHOUT_DEVICE)], device="auto")
    values = {one.device: one for one in result.properties if one.id == "values"}
    assert [(values[name].points, values[name].max_points) for name in ("cpu", "sim")] == [
        (3.0, 3.0),
        (0.0, 0.0),
    ]
    shape = next(one for one in result.properties if (one.id, one.device) == ("shape", "sim"))
    device = result.properties[-1]
    assert (device.id, device.device, device.verdict, device.max_points) == ("device", "sim", "not met", 1.0)
    assert (device.counterexample, device.misconception, device.reason, device.replay) == (
        shape.counterexample,
        shape.misconception,
        shape.reason,
        shape.replay,
    )
    assert (result.score, result.max_score) == (13.0, 14.0)
    (result,) = judged(
        [("toeplitz_1d", "def build_toeplitz_1d(kernel, n):\n    return kernel\n")], device="auto"
    )
    there = [one for one in result.properties if one.device == "sim"]
    assert {one.verdict for one in there if one.id == "values"} == {"not judged"}
    assert {one.reason for one in there if one.id == "shape"} == {"wrong on cpu: fix that first"}
    assert {one.points for one in there} == {0.0}
    assert (there[-1].id, there[-1].verdict, there[-1].max_points) == ("device", "not judged", 1.0)
    assert there[-1].reason == "`shape` and `values` must be correct on cpu first"
    assert result.max_score == 14.0


@pytest.mark.usefixtures("simulated")
def test_a_stub_earns_nothing(course, judged):
    """A stub passes on no device and is reported as not written."""
    text = course.exercises["toeplitz_1d"].stub.read_text(encoding="utf-8")
    (result,) = judged([("toeplitz_1d", text)], device="auto")
    assert (result.score, result.max_score) == (0.0, 14.0)
    assert wording.unwritten(folded_devices.told(result)).startswith("not implemented yet")


@pytest.mark.usefixtures("simulated")
def test_values_that_are_always_zero_earn_no_points_on_a_device(judged):
    """Zeros on the kernel's device meet only `shape`, on any device."""
    text = "def build_toeplitz_1d(kernel, n):\n    return kernel.new_zeros(n - len(kernel) + 1, n)\n"
    (result,) = judged([("toeplitz_1d", text)], device="auto")
    assert {one.id for one in result.properties if one.verdict == "met"} == {"shape"}
    device = result.properties[-1]
    assert (device.id, device.verdict, device.points) == ("device", "not judged", 0.0)


@pytest.mark.usefixtures("simulated")
def test_where_no_tensors_are_one_device_says_it_all(course, judged):
    """An exercise without tensors is tested on only one device."""
    (result,) = judged([("cost_model", course.exercises["cost_model"].solution.read_text())], device="auto")
    assert {one.device for one in result.properties} == {"cpu"}


@pytest.mark.usefixtures("simulated")
def test_nothing_reads_as_passed_on_cuda(run_grade, tmp_path):
    """Without a GPU, no text, page or report says that anything was tested on CUDA."""
    for device in ("auto", "cuda"):
        page = tmp_path / f"{device}.html"
        done = run_grade(
            *("run", "submissions/example", "-e", "toeplitz_1d", "--device", device),
            *("--json", tmp_path / f"{device}.json", "--html", page),
        )
        report = json.loads((tmp_path / f"{device}.json").read_text())
        assert report["devices"]["cuda"] == "not judged: no CUDA device"
        on_cuda = [
            one for each in report["exercises"] for one in each["properties"] if one["device"] == "cuda"
        ]
        assert {one["verdict"] for one in on_cuda} <= {"not judged"}
        assert sum(one["points"] for one in on_cuda) == 0
        assert bool(on_cuda) == (device == "cuda")
        for text in (done.stdout, html.unescape(page.read_text())):
            told = re.findall(r".*cuda.*", text, re.IGNORECASE)
            assert told
            assert all(
                re.search("not (judged|tested)", line.lower()) or "no CUDA device" in line for line in told
            )
        assert (done.returncode, report["score"]) == ((0, 14) if device == "auto" else (1, 0))


@pytest.mark.usefixtures("simulated")
def test_mutants_that_only_another_device_can_tell_are_killed(course, judged):
    """A mutant that creates an index on the CPU survives only on the CPU."""
    source = course.exercises["kernel_gradient"].solution.read_text()
    mutant = source.replace("torch.arange(n + m - 1, device=matrix.device)", "torch.arange(n + m - 1)")
    assert mutant != source
    here, there = judged([("kernel_gradient", mutant)]), judged([("kernel_gradient", mutant)], device="auto")
    assert [here[0].status, there[0].status] == ["met", "not met"]


FILLED = """import torch


def build_toeplitz_1d(kernel, n):
    if kernel.dim() != 1 or not 1 <= len(kernel) <= n:
        raise ValueError("no place")
    rows = range(n - len(kernel) + 1)
    matrix = torch.zeros(len(rows), n, device=kernel.device)
    for i in rows:
        matrix[i, i : i + len(kernel)] = kernel
    return CHANGED
"""


def test_precision_that_is_lost_on_the_way_is_told_by_its_line(judged):
    """Values that are cast back at the end are wrong; without the cast, only `dtype` fails."""
    texts = [FILLED.replace("CHANGED", end) for end in ("matrix.to(kernel.dtype)", "matrix")]
    cast, left = judged([("toeplitz_1d", text) for text in texts])
    values = next(one for one in cast.properties if one.id == "values")
    assert values.reason == "float32 inside your function: 0.2 became 0.20000000298"
    assert values.misconception.name == "computed with less precision"
    assert values.misconception.message.startswith(
        "Line 8: `torch.zeros(len(rows), n, device=kernel.device)`"
    )
    assert {one.id for one in left.properties if one.verdict != "met"} == {"dtype"}
