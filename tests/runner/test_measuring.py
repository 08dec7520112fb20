"""Measuring: times come from the kernel, inputs are fresh, and a wrong result at a large size is found."""

import dataclasses

import msgspec
import pytest

from grader.exercises import Exercise
from grader.measure_model import MeasuredPoint
from grader.measure_settings import MeasureSettings
from grader.protocol import MeasureJob, RunnerCompared, RunnerMeasured, RunnerStopped
from grader.runner import devices, measuring
from grader.sandbox.zygote_client import Demand
from grader.source_text import SourceText

SETTINGS = MeasureSettings(
    function="build_toeplitz_1d",
    inputs={"kernel": "[n // 4]", "n": "n"},
    rivals=("gathered",),
    sizes=(16, 64),
)
RIGHT = """
import torch


def build_toeplitz_1d(kernel, n):
    result = torch.zeros(n - len(kernel) + 1, n)
    for row in range(len(result)):
        result[row, row : row + len(kernel)] = kernel
    return result
"""


@pytest.fixture
def small(course):
    """The course, with small sizes for one exercise."""
    exercise = course.exercise("toeplitz_1d")
    settings = msgspec.structs.replace(exercise.settings, measure=SETTINGS)
    small = dataclasses.replace(exercise, settings=settings)
    return dataclasses.replace(course, exercises={**course.exercises, "toeplitz_1d": small})


@pytest.fixture
def measured(small, server):
    def measured(text, *, seconds=60.0, course=small):
        job = MeasureJob(exercise="toeplitz_1d", source=SourceText(text, "toeplitz_1d.py"), seconds=seconds)
        chosen = devices.choose("cpu", "process")
        return list(measuring.measure(course, job, server, chosen, Demand("process")))

    return measured


def points(messages, name=measuring.YOURS):
    return [one.point for one in messages if isinstance(one, RunnerMeasured) and one.contender == name]


def stopped(messages):
    return {one.contender: one.why for one in messages if isinstance(one, RunnerStopped)}


def test_each_contender_is_timed_at_each_size(measured):
    """The submission, the reference and each rival are timed at each size, one size after another."""
    messages = measured(RIGHT)
    timed = [(one.contender, one.point.size) for one in messages if isinstance(one, RunnerMeasured)]
    names = (measuring.YOURS, measuring.REFERENCE, "gathered")
    assert timed[:9] == [(name, size) for size in (16, 32, 64) for name in names]
    assert all(point.seconds > 0 and point.calls > 0 for point in points(messages))
    assert messages[-1] == RunnerCompared(size=64, agrees=True)


def test_clocks_that_a_submission_replaces_change_nothing(measured):
    """A submission that stops all of Python's clocks is timed by the kernel's."""
    frozen = """
import time
for name in ("time", "perf_counter", "process_time", "monotonic", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, name + "_ns", lambda: 0)


def slow():
    return sum(number * number for number in range(20000))
"""
    text = frozen + RIGHT.replace("    result = torch", "    slow()\n    result = torch")
    # Twenty thousand steps of Python take longer than a microsecond on any machine.
    assert all(point.seconds > 1e-6 for point in points(measured(text)))


def test_each_call_has_new_inputs(measured):
    """Remembering results by argument doesn't help: no input comes twice."""
    text = RIGHT.replace("import torch", "import torch\nSEEN = set()").replace(
        "    result = torch",
        "    key = tuple(kernel.tolist())\n    assert key not in SEEN, 'seen before'\n    SEEN.add(key)\n"
        "    result = torch",
    )
    messages = measured(text)
    assert stopped(messages) == {}
    assert messages[-1].agrees


def test_a_result_that_is_wrong_at_large_sizes_is_found(measured):
    """The results are compared at the largest size, where a shortcut would show."""
    text = RIGHT.replace("    return result", "    return result if n < 64 else torch.zeros_like(result)")
    assert measured(text)[-1] == RunnerCompared(size=64, agrees=False)


@pytest.mark.parametrize("value", ["None", "float('nan') * result", "result[1:]", "(result,)"])
def test_any_other_result_is_wrong(measured, value):
    """Another kind, another shape, and NaN don't agree."""
    assert not measured(RIGHT.replace("    return result", f"    return {value}"))[-1].agrees


def test_a_function_that_raises_is_timed_no_further(measured):
    """A submission that raises at some size stops there. The others go on."""
    text = RIGHT.replace("    result = torch", "    assert n < 32, 'too large'\n    result = torch")
    messages = measured(text)
    assert stopped(messages) == {measuring.YOURS: "AssertionError: too large"}
    assert [point.size for point in points(messages)] == [16]
    assert [point.size for point in points(messages, "gathered")][:3] == [16, 32, 64]
    assert messages[-1].agrees


def test_a_worker_that_dies_stops_only_its_contender(measured):
    """A submission that ends its process is told, and the others go on."""
    text = "import os\n" + RIGHT.replace("    result = torch", "    os._exit(3)\n    result = torch")
    messages = measured(text)
    assert "exit code 3" in stopped(messages)[measuring.YOURS]
    assert points(messages, measuring.REFERENCE)


def test_a_file_that_does_not_load(measured):
    """A submission that doesn't load is told."""
    assert stopped(measured("import torch\n1 / 0\n")) == {measuring.YOURS: "the file doesn't load"}


def test_the_time_is_limited(measured):
    """When the time is up, no further size begins."""
    messages = measured(RIGHT, seconds=0.0)
    assert set(stopped(messages).values()) == {"the time is up"}
    assert points(messages) == []


def test_a_size_that_would_take_too_long_is_left_out():
    """The next size is expected to take as much longer as the last one did."""
    one = measuring._Contestant("yours", SourceText("", "a.py"), None, "cpu", Demand("process"), SETTINGS)
    assert one.expected(16) == 0.0
    one.points = [MeasuredPoint(16, 0.1, 0.0, 1), MeasuredPoint(32, 0.4, 0.0, 1)]
    assert one.expected(64) == pytest.approx(1.6)


def test_a_course_for_learners_has_no_reference(measured, small, tmp_path):
    """Without the reference tree only the submission is timed, and nothing is compared."""
    exercise = dataclasses.replace(small.exercises["toeplitz_1d"], reference=tmp_path)
    course = dataclasses.replace(small, exercises={"toeplitz_1d": exercise})
    messages = measured(RIGHT, course=course)
    assert {one.contender for one in messages if isinstance(one, RunnerMeasured)} == {measuring.YOURS}
    assert messages[-1] == RunnerCompared(size=None, agrees=True)


def test_memory_is_that_of_the_largest_sizes(measured, small):
    """The peak of memory is at least the result's, and is told for sizes where it can be seen."""
    exercise = small.exercises["toeplitz_1d"]
    large = msgspec.structs.replace(SETTINGS, sizes=(16, 1024), rivals=())
    settings = msgspec.structs.replace(exercise.settings, measure=large)
    course = dataclasses.replace(
        small, exercises={"toeplitz_1d": dataclasses.replace(exercise, settings=settings)}
    )
    held = {point.size: point.held for point in points(measured(RIGHT, course=course)) if point.held}
    # The kernel counts pages in batches, so it may be a few short.
    assert held[1024] >= 0.9 * (1024 - 256 + 1) * 1024 * 4


def test_an_exercise_names_rivals_of_its_own(small):
    """A rival's file lies in `rivals/`, else in `variants/`."""
    exercise: Exercise = small.exercises["toeplitz_1d"]
    names = [name for name, _ in measuring.contenders(exercise, SETTINGS, SourceText("", "a.py"))]
    assert names == [measuring.YOURS, measuring.REFERENCE, "gathered"]
