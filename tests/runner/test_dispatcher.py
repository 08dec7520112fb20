"""The dispatcher grades jobs in parallel, and no job affects another."""

import contextlib
import os
import signal
import time
from pathlib import Path

import msgspec
import pytest
from families import family

from grader.authoring.proof import timeless
from grader.course import load_course
from grader.errors import GraderError
from grader.protocol import ExerciseJob, RunnerFinished
from grader.runner import dispatcher
from grader.sandbox import sim
from grader.sandbox.zygote_client import ZygoteClient
from grader.service.runner_client import WarmGrader
from grader.service.runner_connection import RunOptions, forked_runner, opening, receive, request_for
from grader.source_text import SourceText

pytestmark = pytest.mark.slow
ENDLESS = "while True: pass\n"
WRONG = "import torch\n\n\ndef build_toeplitz_1d(kernel, n):\n    return torch.zeros(1)\n"


@pytest.fixture(scope="module")
def grader(course):
    with WarmGrader(course, RunOptions(device="cpu"), course.settings.seed) as grader:
        grader.opened()
        yield grader


@pytest.fixture
def warm_runner(course):
    """A grader that hasn't graded anything yet, and its process that forks for each job."""
    before = family()
    with WarmGrader(course, RunOptions(device="cpu"), course.settings.seed) as grader:
        grader.opened()
        childless = {}
        while len(childless) != 1:
            # The worker of the self-test is about to end.
            started = {pid: parent for pid, parent in family().items() if pid not in before}
            childless = set(started) - set(started.values())
        yield grader, childless.pop()


@pytest.fixture
def job(root):
    source = (root / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
    return ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "toeplitz_1d.py"))


def endless():
    return ExerciseJob(exercise="toeplitz_1d", source=SourceText(ENDLESS, "toeplitz_1d.py"))


def finished(verdicts):
    with contextlib.closing(Heard(verdicts)) as heard:
        while not isinstance(message := heard.hear(), RunnerFinished):
            pass
    return message.result


class Heard:
    """Verdicts with a `close` method, like files."""

    def __init__(self, verdicts):
        self.hear, self.close = verdicts.hear, verdicts.hang_up


def test_jobs_are_judged_side_by_side(grader, job):
    """A slow job doesn't delay another, and closing its connection ends only that job."""
    slow = grader.judge(endless())
    assert [finished(grader.judge(job)).status for _ in range(3)] == ["met"] * 3
    slow.hang_up()
    assert finished(grader.judge(job)).status == "met"


def test_what_another_device_shows_is_told_as_it_is_found(grader, root):
    """One property that fails on the further device makes `device` not met and supplies its case."""
    if (why_not := sim.available()) is not None:
        pytest.skip(why_not)
    text = (root / "tests/devices/mistakes/factory_without_device.py").read_text(encoding="utf-8")
    job = ExerciseJob(exercise="toeplitz_1d", source=SourceText(text, "toeplitz_1d.py"), device="auto")
    heard = []
    with contextlib.closing(Heard(grader.judge(job))) as verdicts:
        while not isinstance(message := verdicts.hear(), RunnerFinished):
            heard.append(message.result)
    soon = [one for one in heard if one.id == "device"]
    assert {one.verdict for one in soon} == {"not met"}
    assert msgspec.structs.replace(message.result.properties[-1], duration=0.0) == soon[-1]
    assert all(one.max_points == 0 for one in heard if one.evidence)


def fork_of(warm_runner, job, but=()):
    """Submit a job; return its verdicts, the process that grades it and the template that forked it."""
    grader, runner = warm_runner
    verdicts = grader.judge(job)
    while True:
        processes = family()
        templates = {pid for pid, parent in processes.items() if parent == runner}
        for pid, parent in processes.items():
            if parent in templates and pid not in but:
                return verdicts, pid, parent
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_killed_fork_is_its_own_jobs_end(warm_runner, job):
    """If a job is killed, its client is told at once and other jobs continue."""
    lost, pid, _ = fork_of(warm_runner, endless())
    other, still_there, _ = fork_of(warm_runner, endless(), but=[pid])
    try:
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(GraderError, match="the process that grades ended"):
            lost.hear()
        assert still_there in family()
    finally:
        lost.hang_up()
        other.hang_up()
    assert finished(warm_runner[0].judge(job)).status == "met"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_killed_template_ends_its_jobs_and_is_set_up_again(warm_runner, job):
    """If a template is killed, clients are told, its jobs end and the next job gets a new template."""
    lost, pid, template = fork_of(warm_runner, endless())
    os.kill(template, signal.SIGKILL)
    with contextlib.closing(Heard(lost)), pytest.raises(GraderError, match="the process that grades ended"):
        lost.hear()
    assert finished(warm_runner[0].judge(job)).status == "met"
    assert not {pid, template} & {*family()}


def test_each_seed_and_device_has_its_stage(grader, job):
    """A job uses its own seed and device, whatever was graded before it."""
    plain = finished(grader.judge(job))
    seeded = finished(grader.judge(msgspec.structs.replace(job, seed=7, device="cpu")))
    assert finished(grader.judge(job)).score == plain.score == seeded.score
    wrong = msgspec.structs.replace(job, source=SourceText(WRONG, "toeplitz_1d.py"))
    cases = [
        finished(grader.judge(msgspec.structs.replace(wrong, seed=seed))).properties[0].counterexample
        for seed in (None, 7, None)
    ]
    assert cases[0] == cases[2]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
def test_a_template_for_several_devices_serves_for_the_first(warm_runner, job):
    """A template for several devices can grade a CPU-only job.

    A template for one device can't grade a job for several.
    """
    if (why_not := sim.available()) is not None:
        pytest.skip(why_not)
    grader, runner = warm_runner

    def devices(device):
        result = finished(grader.judge(msgspec.structs.replace(job, device=device)))
        templates = sum(parent == runner for parent in family().values())
        return result.score == result.max_score, {one.device for one in result.properties}, templates

    assert devices("auto") == (True, {"cpu", "sim"}, 1)
    assert devices(None) == (True, {"cpu"}, 1)
    assert devices("sim") == (True, {"sim"}, 2)
    assert devices("auto") == (True, {"cpu", "sim"}, 2)


def test_a_known_mistake_answers_a_call_once(own_course):
    """A second submission's mistake is named from the replies that were kept for the first one."""
    source = (own_course / "reference/toeplitz_1d/misconceptions/flipped_kernel.py").read_text(
        encoding="utf-8"
    )
    job = ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "toeplitz_1d.py"))
    loaded = load_course(own_course)
    with WarmGrader(loaded, RunOptions(device="cpu"), loaded.settings.seed) as grader:
        grader.opened()
        first = timeless(finished(grader.judge(job)))
        for path in (own_course / "reference/toeplitz_1d/misconceptions").glob("*.py"):
            path.write_text("def build_toeplitz_1d(kernel, n):\n    return 1 / 0\n", encoding="utf-8")
        assert timeless(finished(grader.judge(job))) == first
    assert "flipped_kernel" in {one.misconception.slug for one in first.properties if one.misconception}


def scaling(root, name, factor):
    """Write an exercise that scales a signal; its known mistake `less` uses a factor that is 1 too small."""
    folder, reference = root / "exercises" / name, root / "reference" / name
    (reference / "misconceptions").mkdir(parents=True)
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text(
        f"format = 1\ntitle = '{name}'\nchapter = 1\nminutes = 1\ndifficulty = 1\n"
    )
    (folder / f"{name}.py").write_text(
        "from torch import Tensor\n\n\ndef scale(x: Tensor) -> Tensor:\n    raise NotImplementedError\n"
    )
    (folder / f"test_{name}.py").write_text(f"""from grader import close, submitted
from grader.strategies import signals
from hypothesis import given

scale = submitted("scale")


@given(x=signals())
def test_values(scale, x):
    assert scale(x) == close({factor} * x)
""")
    (reference / "solution.py").write_text(f"def scale(x):\n    return {factor} * x\n")
    mistake = f'"""less\n\nOne less."""\n\n\ndef scale(x):\n    return {factor - 1} * x\n'
    (reference / "misconceptions/less.py").write_text(mistake)
    return ExerciseJob(exercise=name, source=SourceText(mistake, f"{name}.py"))


def test_mistakes_of_the_same_name_are_told_apart(tmp_path):
    """Two exercises whose functions and mistakes have the same names don't share replies."""
    (tmp_path / "pyproject.toml").write_text("[tool.grader]\ntitle = 'Scaling'\n")
    jobs = [scaling(tmp_path, name, factor) for name, factor in (("double", 2), ("triple", 3))]
    loaded = load_course(tmp_path)
    request = request_for(loaded, RunOptions(device="cpu"), 1, jobs)
    with ZygoteClient.start() as server, forked_runner(server, request) as runner:
        opening(runner)
        results = [receive(runner).result for _ in jobs]
    assert [one.misconception.slug for result in results for one in result.properties] == ["less", "less"]


def test_an_exercise_without_properties_is_no_verdict(own_course):
    """An exercise without properties is neither passed nor failed; the error names its test file."""
    tests = own_course / "exercises/toeplitz_1d/test_toeplitz_1d.py"
    tests.write_text(tests.read_text(encoding="utf-8").replace("def test_", "def tried_"), encoding="utf-8")
    source = (own_course / "reference/toeplitz_1d/solution.py").read_text(encoding="utf-8")
    loaded = load_course(own_course)
    with WarmGrader(loaded, RunOptions(device="cpu"), loaded.settings.seed) as grader:
        grader.opened()
        verdicts = grader.judge(ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "a.py")))
        with contextlib.closing(Heard(verdicts)), pytest.raises(GraderError) as caught:
            verdicts.hear()
    assert (caught.value.slug, caught.value.exit_code) == ("properties", 3)
    assert caught.value.where == str(tests)


@pytest.mark.nightly
def test_a_template_that_makes_room_finishes_its_jobs(course, job):
    """The number of templates is limited, and a template finishes its jobs before it ends."""
    options = RunOptions(device="cpu")
    with WarmGrader(course, options, course.settings.seed) as grader:
        grader.opened()
        verdicts = [
            grader.judge(
                msgspec.structs.replace(
                    job, seed=seed, brief=True, source=SourceText("raise ValueError\n", "toeplitz_1d.py")
                )
            )
            for seed in range(dispatcher.MOST_TEMPLATES + 3)
        ]
        assert {finished(one).status for one in verdicts} == {"not met"}
        assert finished(grader.judge(job)).status == "met"


def test_an_exercise_that_cannot_be_collected_is_told_to_each(own_course):
    """If a course is broken, each job gets the reason; after a fix, the next job is graded."""
    tests = own_course / "exercises/toeplitz_1d/test_toeplitz_1d.py"
    whole = tests.read_text(encoding="utf-8")
    tests.write_text(whole + "\n\nimport nothing_of_that_name\n", encoding="utf-8")
    source = (own_course / "reference/toeplitz_1d/solution.py").read_text(encoding="utf-8")
    right = ExerciseJob(exercise="toeplitz_1d", source=SourceText(source, "toeplitz_1d.py"))
    loaded = load_course(own_course)
    with WarmGrader(loaded, RunOptions(device="cpu"), loaded.settings.seed) as grader:
        grader.opened()
        for verdicts in [grader.judge(right) for _ in range(3)]:
            with (
                contextlib.closing(Heard(verdicts)),
                pytest.raises(GraderError, match="nothing_of_that_name"),
            ):
                verdicts.hear()
        tests.write_text(whole, encoding="utf-8")
        assert finished(grader.judge(right)).status == "met"
