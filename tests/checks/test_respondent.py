"""Who answers on a device that has to be started, and may be lost."""

import pytest
import torch

from grader.checks import near, respondent
from grader.checks.devices import Devices
from grader.checks.respondent import Budget, Call, Respondent, Source
from grader.errors import GraderError
from grader.records import ExerciseJob, NearRequest
from grader.sandbox import wire
from grader.sandbox.client import Died
from grader.sandbox.forkserver import Demand

ASK = Call("f", "call", ())
LOST = wire.Raised("AcceleratorError", [], "CUDA error: device-side assert triggered\nCompile with ...", 3)
needs_no_gpu = pytest.mark.skipif(torch.cuda.is_available(), reason="a GPU is here, which can be started")


@pytest.fixture
def cuda(monkeypatch):
    """Someone who answers on CUDA by replies that are given; those lists grow to what its workers were asked."""
    forked = []

    class Told:
        """A worker that replies what it is told to."""

        printed, spent = b"", 0.0

        def __init__(self, replies):
            self.replies, self.asked = replies, []

        def ask(self, request, *, seconds):
            self.asked.append(type(request).__name__)
            self.spent += 1.0
            reply = self.replies.pop(0)
            if isinstance(reply, Exception):
                raise reply
            return reply

        def close(self):
            self.asked.append("closed")

    def answering(*workers, budget=None):
        waiting = [Told(list(replies)) for replies in workers]

        def fork(*_, **__):
            forked.append(waiting.pop(0))
            return forked[-1]

        monkeypatch.setattr(respondent.Worker, "fork", fork)
        options = {"device": "cuda", "isolation": Demand(), "seconds": 1.0, "budget": budget or Budget(60.0)}
        return Respondent(None, Source("", "f.py"), **options), forked

    return answering


def test_a_device_is_started_before_the_submission_is_there(cuda):
    """A GPU is started in time of its own, before the file is loaded and a call's clock runs."""
    one, workers = cuda([wire.Begun(), wire.Loaded(["f"]), wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    assert workers[0].asked == ["Begin", "Load", "Ask"]


def test_starting_a_device_takes_no_time_of_the_submissions(cuda):
    """A second is charged for loading the file and one for the call, none for starting the GPU."""
    budget = Budget(1000.0)
    one, _ = cuda([wire.Begun(), wire.Loaded(["f"]), wire.Returned(1)], budget=budget)
    one.ask(ASK)
    assert budget.left() == 1000.0 - 2.0


def test_a_worker_that_lost_its_device_is_replaced(cuda):
    """The call that broke a GPU's context is the one that fails; the next finds a worker whose device is whole."""
    begun = [wire.Begun(), wire.Loaded(["f"])]
    one, workers = cuda([*begun, LOST], [*begun, wire.Returned(1)])
    assert one.ask(ASK) == Died(
        "error", "AcceleratorError on line 3: CUDA error: device-side assert triggered"
    )
    assert one.ask(ASK) == wire.Returned(1)
    assert [each.asked[-1] for each in workers] == ["closed", "Ask"]


@pytest.mark.parametrize(
    "fault", [wire.Begun("OutOfMemoryError: full"), Died("error", "OutOfMemoryError: full")]
)
def test_a_device_is_tried_twice(cuda, fault):
    """What another program keeps from starting for a moment starts at the second try."""
    one, workers = cuda([fault], [wire.Begun(), wire.Loaded(["f"]), wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    assert len(workers) == 2


def test_a_device_that_does_not_start_is_no_submissions_fault(cuda):
    """After two tries the grader says that it could not do its work, and doesn't try a third time."""
    one, workers = cuda([wire.Begun("OutOfMemoryError: full")], [wire.Begun("OutOfMemoryError: full")])
    for _ in range(2):
        with pytest.raises(GraderError, match="OutOfMemoryError: full") as caught:
            one.ask(ASK)
        assert (caught.value.slug, caught.value.exit_code) == ("device", 3)
    assert len(workers) == 2


def test_another_text_is_loaded_into_the_same_worker(cuda):
    """Known mistakes answer one after the other, each loaded once where it was asked last, with time of its own."""
    replies = [wire.Begun(), wire.Loaded(["f"]), wire.Returned(1), wire.Loaded(["f"]), wire.Returned(2)]
    one, workers = cuda(replies)
    assert one.ask(ASK) == wire.Returned(1)
    budget, other = Budget(5.0), Source("def f(): return 2", "f.py")
    one.become(other, budget)
    one.become(other, budget)
    assert one.ask(ASK) == wire.Returned(2)
    assert [each.asked for each in workers] == [["Begin", "Load", "Ask", "Load", "Ask"]]
    assert budget.left() == 3.0


@needs_no_gpu
def test_a_gpu_that_can_not_be_used_ends_the_run(course, server, monkeypatch):
    """Where torch finds a GPU that no worker can use, no verdict is given on it."""
    monkeypatch.syspath_prepend(str(course.root))
    request = NearRequest(
        course=str(course.root),
        seed=0,
        device="cuda",
        isolation="process",
        withheld=[],
        seconds=60.0,
        jobs=[],
    )
    bench = near.Bench(request, course, Devices(("cuda",), {"cuda": "judged"}))
    job = ExerciseJob(exercise="toeplitz_1d", source="", filename="toeplitz_1d.py")
    with pytest.raises(GraderError, match="not compiled with CUDA|NVIDIA driver|No CUDA GPUs") as caught:
        near.judge_exercise(bench, job, server, Budget(60.0))
    assert caught.value.slug == "device"
