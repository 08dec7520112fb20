"""A submission's time limit doesn't depend on the machine's load or on the kind of run."""

import msgspec
import pytest

from grader.authoring.proof import timeless
from grader.course import load_course
from grader.protocol import ExerciseJob, RunnerFinished
from grader.service import grading, runner_connection, task
from grader.service.task import Finding, Graders, Order, TaskSettings
from grader.source_text import SourceText
from grader.submission.discovery import SubmissionText, SubmittedFile

# Each test starts a new grader, some of them beside busy processes.
pytestmark = pytest.mark.slow

# The first call of each worker computes for two fifths of its limit.
WARMS_UP = """
import time

seen = []
answer = build_toeplitz_1d


def build_toeplitz_1d(kernel, n):
    begun = time.process_time()
    while not seen and time.process_time() - begun < 0.4:
        pass
    seen.append(n)
    return answer(kernel, n)
"""
BY_VJP = """

def kernel_gradient(x, grad_y, k):
    if x.dim() != 1 or grad_y.dim() != 1 or len(grad_y) < 1 or k < 1 or len(grad_y) != len(x) - k + 1:
        raise ValueError("sizes that do not fit")
    _, backward = torch.func.vjp(lambda h: x.unfold(0, k, 1) @ h, x.new_zeros(k))
    return backward(grad_y)[0]
"""
LOOPS = "def build_toeplitz_1d(kernel, n):\n    while True: pass\n"


@pytest.fixture
def limited(own_course):
    """A copy of the course with different time limits for calls and submissions."""

    def limited(exercise, *, call=2.0, submission=600.0):
        for path, key, seconds in (
            (own_course / "exercises" / exercise / "exercise.toml", "call_seconds", call),
            (own_course / "pyproject.toml", "submission", submission),
        ):
            lines = path.read_text(encoding="utf-8").splitlines()
            at = next(place for place, line in enumerate(lines) if line.startswith(f"{key} ="))
            key = "submission_seconds" if key == "submission" else key
            lines[at] = f"{key} = {seconds}"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_course(own_course)

    return limited


def run(course, *files):
    """Return the results of `grade run` for the given exercise texts, without times."""
    text = SubmissionText(
        "one", tuple(SubmittedFile(name, SourceText(text, f"{name}.py")) for name, text in files)
    )
    options = runner_connection.RunOptions(device="cpu")
    messages = grading.judge(course, text, options, course.settings.seed)
    return [timeless(one.result) for one in messages if isinstance(one, RunnerFinished)]


def test_a_busy_machine_changes_no_verdict(limited, root, request):
    """On a busy machine, a correct answer and a known mistake still get the same result."""
    course = limited("toeplitz_1d", call=1.0)
    reference = root / "reference/toeplitz_1d"
    right, wrong = (
        (reference / name).read_text(encoding="utf-8") + WARMS_UP
        for name in ("solution.py", "misconceptions/flipped_kernel.py")
    )
    quiet = run(course, ("toeplitz_1d", right), ("toeplitz_1d", wrong))
    request.getfixturevalue("busy")
    loaded = run(course, ("toeplitz_1d", right), ("toeplitz_1d", wrong))
    assert loaded == quiet
    assert quiet[0].status == "met"
    named = {one.misconception.slug for one in quiet[1].properties if one.misconception}
    assert named == {"flipped_kernel"}


def test_what_torch_imports_late_costs_no_points(limited, root):
    """A gradient from torch.func.vjp gets full marks, even if torch's imports exceed the call limit."""
    course = limited("kernel_gradient", call=0.5)
    solution = (root / "reference/kernel_gradient/solution.py").read_text(encoding="utf-8")
    (result,) = run(course, ("kernel_gradient", solution + BY_VJP))
    assert [(one.id, one.reason) for one in result.properties if one.verdict != "met"] == []


def test_a_submission_has_as_many_seconds_however_it_is_judged(limited, root, monkeypatch):
    """If one exercise uses up a submission's time, the next has none, in a run and in a cohort."""
    course = limited("toeplitz_1d", call=6.0, submission=4.0)
    right = (root / "reference/toeplitz_1d/solution.py").read_text(encoding="utf-8")
    alone = run(course, ("toeplitz_1d", right))
    found = run(course, ("toeplitz_1d", LOOPS), ("toeplitz_1d", right))
    assert [one.status for one in alone] == ["met"]
    assert [one.status for one in found] == ["not met", "not met"]
    first = [result.properties[0] for result in found]
    told = "the submission's 4 s are used up"
    assert [one.reason for one in first] == [told, f"the file doesn't load: {told}"]
    monkeypatch.setattr(task, "GRADERS", Graders())
    jobs = [
        ExerciseJob(exercise="toeplitz_1d", source=SourceText(text, "toeplitz_1d.py"))
        for text in (LOOPS, right)
    ]
    bench = TaskSettings.of(course, runner_connection.RunOptions(device="cpu"), course.settings.seed)
    order = msgspec.msgpack.encode(Order(bench, jobs))
    cohort = msgspec.msgpack.decode(task.judge(order), type=Finding)
    task.GRADERS.close()
    assert [timeless(one) for one in cohort.results] == found


@pytest.mark.slow
def test_what_comes_back_has_bounded_room(judged, root):
    """A result that is too large for the runner is a failure, and the grading process continues."""
    text = (root / "tests/hostile/returns_much_in_all.py").read_text(encoding="utf-8")
    right = (root / "submissions/example/toeplitz_1d.py").read_text(encoding="utf-8")
    greedy, other = judged([("toeplitz_1d", text), ("toeplitz_1d", right)])
    assert {one.reason for one in greedy.properties if one.cause == "memory"} == {
        "returned more than 128 MiB in all"
    }
    assert (greedy.score, other.score) == (0.0, other.max_score)
