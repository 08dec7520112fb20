"""Test the GPU check on a machine without a GPU: the differences, the omissions and the page."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from benchmarks import gpu
from benchmarks.ongpu import compared, home, page
from benchmarks.ongpu.page import Part
from benchmarks.ongpu.shares import Shares
from sandbox import answers_on

ROOT = Path(__file__).resolve().parents[2]
HERE = {"torch": "torch 2.13", "python": "Python 3.12", "device": "NVIDIA | H200"} | {
    "platform": "Linux x86_64",
    "processors": "16 processors",
}


def found(device, verdict="met", name="shape", **others):
    return {
        "id": name,
        "device": device,
        "verdict": verdict,
        "cause": None,
        "reason": None,
        "told": None,
    } | others


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_each_part_has_its_share_of_what_is_left():
    """If a part uses less than its share of time, later parts get more; if it uses more, they get less."""
    clock = Clock()
    shares = Shares(100.0, {"a": 1.0, "b": 1.0, "c": 2.0}, clock)
    assert shares.take("a") == 25.0
    clock.now += 10
    assert shares.take("b") == 30.0
    clock.now += 60
    assert (shares.take("c"), shares.left()) == (30.0, 30.0)


@pytest.mark.parametrize("spent", [97.0, 100.0, 500.0])
def test_what_is_not_worth_beginning_is_left_out(spent):
    """A part gets no time if almost none is left, and a time is never negative."""
    clock = Clock()
    shares = Shares(100.0, {"a": 1.0}, clock)
    clock.now += spent
    assert shares.take("a") == 0.0
    assert shares.left() >= 0.0


def test_a_right_answer_that_is_not_met_differs():
    """Each property that a correct answer doesn't meet is reported with its device and reason."""
    rows = {
        "im2col": [found("cpu"), found("cuda", "not met", reason="CUDA error"), found("cuda", name="values")]
    }
    assert compared.unmet(rows, "cuda") == ["im2col: `shape` on cuda is not met: CUDA error"]


def test_a_device_that_nothing_was_judged_on_differs():
    """A device that was silently left out counts as a difference."""
    assert compared.unmet({"im2col": [found("cpu")]}, "cuda") == ["nothing was judged on cuda"]
    assert compared.unmet({}, "cuda") == []


def test_the_devices_name_is_no_difference():
    """The simulated device gets the real one's name before the comparison, even within a sentence."""
    said = {"cause": "wrong", "told": "it: Line 3."}
    there = {"a.py": [found("cpu"), found("cuda", "not met", reason="on `cpu`, while on `cuda:0`", **said)]}
    simulated = {"a.py": [found("cpu"), found("sim", "not met", reason="on `cpu`, while on `sim:0`", **said)]}
    assert compared.differing(there, simulated, "cuda") == ([], [], [])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            found("cuda"),
            found("sim", "not met", reason="no"),
            "`shape` on cuda is met (None), not met on sim (no)",
        ),
        (
            found("cuda", told="Line 3."),
            found("sim", told="Line 4."),
            "`shape` on cuda: 'Line 3.', on sim 'Line 4.'",
        ),
        (found("cuda", reason="one"), found("sim", reason="two"), "`shape` on cuda: 'one', on sim 'two'"),
        (
            found("cuda", cause="error"),
            found("sim", cause="wrong"),
            "`shape` on cuda: 'error', on sim 'wrong'",
        ),
    ],
)
def test_verdicts_and_sentences_are_compared(one, other, told):
    """A differing verdict, cause or message is reported with both values."""
    differ, known, words = compared.differing({"a.py": [one]}, {"a.py": [other]}, "cuda")
    assert (differ, known, words) == ([f"a.py: {told}"], [], [])


def test_a_property_of_one_device_alone_differs():
    """A property that was judged on only one of the two devices is reported."""
    differ, _, _ = compared.differing(
        {"a.py": [found("cpu"), found("cuda")]}, {"a.py": [found("cpu")]}, "cuda"
    )
    assert differ == ["a.py: `shape` on cuda was judged on cuda alone"]


def test_torchs_own_words_may_differ():
    """torch's own exception messages are reported, but don't count as a difference."""
    there = {"a.py": [found("cuda", "not met", cause="error", reason="wrapper_CUDA_mm")]}
    simulated = {"a.py": [found("sim", "not met", cause="error", reason="two devices")]}
    assert compared.differing(there, simulated, "cuda") == (
        [],
        [],
        ["a.py: `shape`: wrapper_CUDA_mm | two devices"],
    )


def test_a_known_difference_is_told_with_its_reason():
    """Expected differences get a reason and don't count; files missing on one side are ignored."""
    (name,) = compared.KNOWN
    assert (ROOT / "tests/devices" / name).is_file()
    there, simulated = {name: [found("cuda")], "b.py": []}, {name: [found("sim", "not met", reason="no")]}
    differ, known, words = compared.differing(there, simulated, "cuda")
    assert (differ, words) == ([], [])
    assert known == [f"{name}: `shape` on cuda is met (None), not met on sim (no); {compared.KNOWN[name]}"]


def test_the_page():
    """The page begins with the row for docs/devices.md, then lists the differences and the omissions."""
    parts = [
        Part("the course", 2, 2),
        Part("the corpus", 3, 2, ["a.py: `shape` | is\nnot met"], ["torch's own words: b"], ["c.py"]),
        Part("values", 4, 0, trouble="ImportError: no"),
    ]
    speeds = [{"label": "im2col", "cpu": 10.0, "device": 3.0, "beside": 2.0}]
    assert page.page(HERE, "cuda", parts, speeds) == (
        "| device | run on | outcome |\n"
        "|---|---|---|\n"
        "| `cuda` | torch 2.13, Python 3.12, NVIDIA \\| H200, Linux x86_64, 16 processors | the course: 2 of 2, "
        "all agree; the corpus: 2 of 3, 1 differ; values: 0 of 4 (ImportError: no) |\n"
        "\n## the corpus: what differs\n\n- a.py: `shape` | is not met\n"
        "\n## the corpus: for your information\n\n- torch's own words: b\n"
        "\n## the corpus: left out for lack of time\n\n- c.py\n"
        "\n## Microseconds of the references\n\n"
        "The time of one call with the wait for its end. `beside` is the baseline, on cuda.\n"
        "\n| | cpu | cuda | beside | ratio |\n|---|---|---|---|---|\n| im2col | 10.0 | 3.0 | 2.0 | 1.50 |\n"
    )


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([Part("a", 1, 1), Part("b", 2, 1, left_out=["c"])], 0),
        ([Part("a", 1, 1, ["d"]), Part("b", trouble="it broke")], 1),
        ([Part("a", 1, 1), Part("b", trouble="it broke")], 3),
        ([Part("a", 1, 1), Part("b", 2, 0, left_out=["c", "d"])], 3),
    ],
)
def test_exit_codes(parts, code):
    """The exit code is 1 for a difference, 3 for a failed or empty part; omissions don't count."""
    assert page.code(parts) == code


def test_a_line_that_was_cut_off_is_left_out():
    """The output of a killed part is read up to its last incomplete line."""
    text = '{"planned": ["a", "b"]}\n{"name": "a"}\nnoise\n{"name": "b", "prop'
    part = gpu.gathered("it", list(gpu.read(text)), lambda line: [f"{line['name']}!"])
    assert part == Part("it", 2, 1, ["a!"], [], ["b"])


def test_a_part_that_takes_too_long_is_ended(tmp_path):
    """A process is killed when its time is up, and its findings so far count."""
    told = tmp_path / "part"
    told.with_suffix(".jsonl").write_text('{"name": "a"}\n')
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    process = subprocess.Popen(command, start_new_session=True)
    assert list(gpu.ended(process, told, 0.01)) == [{"name": "a"}]
    assert process.returncode == -9


def test_a_part_that_breaks_is_told(tmp_path):
    """The last line of a broken process is reported as its error."""
    told = tmp_path / "part"
    told.with_suffix(".jsonl").write_text("")
    told.with_suffix(".log").write_text("Traceback\nImportError: no\n")
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"], start_new_session=True)
    (line,) = gpu.ended(process, told, 60.0)
    assert line["trouble"] == "ImportError: no"


def test_an_interpreter_of_a_plain_checkout(tmp_path):
    """An isolated interpreter finds a grader that isn't installed, but not the reference."""
    python = home.build(tmp_path / "venv", [])
    missing, grader = home.look(python)
    assert (missing, grader) == ([], str(ROOT / "grader/__init__.py"))
    hidden = [python, "-I", "-c", "import reference"]
    assert b"No module named 'reference'" in subprocess.run(hidden, capture_output=True, cwd="/").stderr


def test_a_folder_of_packages(tmp_path):
    """A package that this interpreter lacks may come from a folder given as an option."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels/brought_along.py").write_text("")
    python = home.build(tmp_path / "venv", [tmp_path / "wheels"])
    subprocess.run([python, "-I", "-c", "import brought_along"], check=True)


def test_what_is_missing_is_named(monkeypatch, capsys, tmp_path):
    """Nothing runs if a package is missing; the package is reported under pip's name for it."""
    monkeypatch.setitem(home.NEEDED, "no_such_module", "no-such-package")
    assert gpu.main(["--out", str(tmp_path)]) == 3
    assert capsys.readouterr().err.startswith("nothing was run: missing here: no-such-package; ")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (torch.tensor([1e4, 0.0]), torch.tensor([1e4, 0.01]), True),
        (torch.tensor([1.0, 0.0]), torch.tensor([1.0, 0.01]), False),
        (torch.tensor([1]), torch.tensor([2]), False),
        (torch.tensor([float("nan")]), torch.tensor([float("nan")]), True),
        (torch.empty(0), torch.empty(0), True),
    ],
)
def test_values_agree_up_to_rounding(one, other, near):
    """Values summed in a different order count as equal, even with cancellation; integers must match."""
    assert answers_on.near(one, other) == near


@pytest.mark.skipif(torch.cuda.is_available(), reason="a GPU is here")
def test_a_machine_without_a_gpu(capfd, tmp_path):
    """Nothing runs without the device, and the reason is given."""
    assert gpu.main(["--out", str(tmp_path)]) == 3
    assert "nothing was run: no device `cuda` here: torch " in capfd.readouterr().err
    assert not (tmp_path / "report.md").exists()


@pytest.mark.nightly
def test_the_simulated_device_in_its_place(tmp_path):
    """All parts run on the simulated device, find no differences, and write a page and the details."""
    command = [sys.executable, ROOT / "tests/benchmarks/gpu.py", "--device", "sim", "--seconds", "400"]
    done = subprocess.run([*command, "-e", "separable", "-e", "fft_convolution", "--out", tmp_path], cwd="/")
    assert done.returncode == 0
    details = json.loads((tmp_path / "report.json").read_text())
    assert list(details["parts"]) == ["course", "corpus", "values", "speed"]
    assert all(part["planned"] and not part["trouble"] for part in details["parts"].values())
    assert (tmp_path / "report.md").read_text().splitlines()[2].startswith("| `sim` | torch ")
