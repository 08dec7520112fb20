"""Test a submission's client on a device that must be started and may be lost."""

import time

import pytest
import torch

from grader.errors import GraderError
from grader.frames import HEADER
from grader.protocol import ExerciseJob, RunnerRequest
from grader.runner import runner_process
from grader.runner.ask_ahead import BEHIND
from grader.runner.call import Budget, Call
from grader.runner.devices import Devices
from grader.runner.submission_client import SubmissionClient
from grader.sandbox import wire
from grader.sandbox.client import AHEAD, Worker
from grader.sandbox.worker_end import Died, Killed
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import SourceText

ASK = Call("f", "call", ())
# A device, and then the text.
READY = [wire.Begun(), wire.Begun()]
KILLED = Killed("error", "its process was ended by SIGKILL")
LOST = wire.Raised("AcceleratorError", [], "CUDA error: device-side assert triggered\nCompile with ...", 3)
needs_no_gpu = pytest.mark.skipif(torch.cuda.is_available(), reason="a GPU is here, which can be started")


@pytest.fixture(scope="module")
def server():
    with ZygoteClient.start() as server:
        yield server


@pytest.fixture
def cuda(monkeypatch):
    """Return a client on CUDA with given replies, and lists that record requests to its workers."""
    forked = []

    class Told:
        """A fake worker with prepared replies."""

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

        def exchange(self, frame, *, seconds):
            request = wire._requests.decode(frame[HEADER:])
            return bytearray(wire.frame(self.ask(request, seconds=seconds))[HEADER:])

        def close(self):
            self.asked.append("closed")

    def answering(*workers, budget=None):
        waiting = [Told(list(replies)) for replies in workers]

        def fork(*_, **__):
            forked.append(waiting.pop(0))
            return forked[-1]

        monkeypatch.setattr(Worker, "fork", fork)
        options = {"device": "cuda", "isolation": Demand(), "seconds": 1.0, "budget": budget or Budget(60.0)}
        return SubmissionClient(None, SourceText("", "f.py"), **options), forked

    return answering


def test_a_device_is_started_before_the_submission_is_there(cuda):
    """A GPU's start is timed separately, before the file is loaded and before a call is timed."""
    one, workers = cuda([*READY, wire.Loaded(["f"]), wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    assert workers[0].asked == ["Begin", "Prepare", "Load", "Ask"]


def test_starting_a_device_takes_no_time_of_the_submissions(cuda):
    """Loading the file costs one second and the call another, but starting the GPU costs none."""
    budget = Budget(1000.0)
    one, _ = cuda([*READY, wire.Loaded(["f"]), wire.Returned(1)], budget=budget)
    one.ask(ASK)
    assert budget.left() == 1000.0 - 2.0


def test_a_worker_that_lost_its_device_is_replaced(cuda):
    """The call that broke a GPU's context fails; the next one gets a worker with a working device."""
    begun = [*READY, wire.Loaded(["f"])]
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
    """A device that another program blocks for a moment starts on the second try."""
    one, workers = cuda([fault], [*READY, wire.Loaded(["f"]), wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    assert len(workers) == 2


def test_a_device_that_does_not_start_is_no_submissions_fault(cuda):
    """After two tries the grader reports its own failure and doesn't try a third time."""
    one, workers = cuda([wire.Begun("OutOfMemoryError: full")], [wire.Begun("OutOfMemoryError: full")])
    for _ in range(2):
        with pytest.raises(GraderError, match="OutOfMemoryError: full") as caught:
            one.ask(ASK)
        assert (caught.value.slug, caught.value.exit_code) == ("device", 3)
    assert len(workers) == 2


def test_another_text_is_loaded_into_the_same_worker(cuda):
    """Known mistakes run one after another in the same worker, each loaded once and timed separately."""
    first, then = [wire.Loaded(["f"]), wire.Returned(1)], [wire.Loaded(["f"]), wire.Returned(2)]
    replies = [*READY, *first, wire.Begun(), *then]
    one, workers = cuda(replies)
    assert one.ask(ASK) == wire.Returned(1)
    budget, other = Budget(5.0), SourceText("def f(): return 2", "f.py")
    one.become(other, budget)
    one.become(other, budget)
    assert one.ask(ASK) == wire.Returned(2)
    assert [each.asked for each in workers] == [["Begin", "Prepare", "Load", "Ask", "Prepare", "Load", "Ask"]]
    assert budget.left() == 3.0


def test_a_text_that_can_not_be_written_is_no_submissions_fault(cuda):
    """A full disk causes a retry, then an error blamed on the machine, as no submitted code has run."""
    full = wire.Begun("the submission's text can't be written (No space left on device)")
    one, workers = cuda([wire.Begun(), full], [*READY, wire.Loaded(["f"]), wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    one, workers = cuda([wire.Begun(), full], [wire.Begun(), Died("error", "ended its process")])
    with pytest.raises(GraderError, match="ended its process") as caught:
        one.ask(ASK)
    assert (caught.value.slug, caught.value.exit_code) == ("worker", 3)


def test_who_is_killed_is_asked_once_more(cuda):
    """A killed worker is retried, since another process may have used up the memory.

    If it is killed again, that is a failure.
    """
    loaded = [*READY, wire.Loaded(["f"])]
    one, _ = cuda([*loaded, KILLED], [*loaded, wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    one, workers = cuda([*loaded, KILLED], [*loaded, KILLED])
    assert one.ask(ASK) == KILLED
    assert len(workers) == 4


def test_who_is_killed_while_it_loads_is_loaded_once_more(cuda):
    """A worker that is killed while loading is also retried once."""
    one, _ = cuda([*READY, KILLED], [*READY, wire.Loaded(["f"]), wire.Returned(1)])
    assert one.ask(ASK) == wire.Returned(1)
    one, workers = cuda([*READY, KILLED], [*READY, KILLED])
    assert one.ask(ASK) == KILLED
    assert len(workers) == 4


@needs_no_gpu
def test_a_gpu_that_can_not_be_used_ends_the_run(course, server, monkeypatch):
    """If torch finds a GPU that no worker can use, the run ends without a verdict on it."""
    monkeypatch.syspath_prepend(str(course.root))
    request = RunnerRequest(
        course=str(course.root),
        seed=0,
        device="cuda",
        isolation="process",
        withheld=[],
        seconds=60.0,
        jobs=[],
    )
    bench = runner_process.RunnerSetup(request, course, Devices(("cuda",), {"cuda": "judged"}))
    job = ExerciseJob(exercise="toeplitz_1d", source=SourceText("", "toeplitz_1d.py"))
    with pytest.raises(GraderError, match="not compiled with CUDA|NVIDIA driver|No CUDA GPUs") as caught:
        runner_process.judge_exercise(bench, job, server, Budget(60.0))
    assert caught.value.slug == "device"


COUNTS = """
import os, time
asked = 0
def count(x):
    global asked
    asked += 1
    print("asked", asked)
    return asked
def double(x):
    return 2 * x
def leave(x):
    os._exit(3)
def forever(x):
    while True: pass
def busy(x):
    end = time.process_time() + x
    while time.process_time() < end: pass
    return x
"""


@pytest.fixture
def answering(server):
    """A client that runs calls to these functions in a worker."""
    made = []

    def make(source=COUNTS, *, seconds=2.0):
        made.append(
            SubmissionClient(
                server,
                SourceText(source, "f.py"),
                device="cpu",
                isolation=Demand(),
                seconds=seconds,
                budget=Budget(100.0),
            )
        )
        return made[-1]

    yield make
    for one in made:
        one.close()


def calls(function, *arguments):
    return [Call(function, "call", (argument,)) for argument in arguments]


def replies(one, asked):
    """Return the replies to calls made one by one, in order."""
    found = []
    for call in asked:
        one.ask(call)
        found.append(one.latest)
    return found


def test_what_is_asked_ahead_is_answered_in_order(answering):
    """About forty planned calls, some larger than any buffer, get the same answers as single calls."""
    asked = [*calls("double", *range(30)), *calls("double", *[torch.ones(50_000)] * 8), *calls("double", 7)]
    known = replies(answering(), asked)
    one = answering()
    one.plan([call.frame for call in asked])
    assert one.matches(known[:1])
    assert one.matches(known[1:35])
    assert one.matches(known[35:])
    assert not one.matches(known[:1])
    assert one.ask(asked[3]) == wire.Returned(6)


def test_another_answer_is_kept_for_who_asks(answering):
    """If a reply differs, all replies to its case are kept in order, and the plan continues."""
    asked = calls("double", 1, 2, 3, 4)
    known = replies(answering(), asked)
    one = answering(COUNTS.replace("2 * x", "2 * x if x != 2 else 5"))
    one.plan([call.frame for call in asked])
    assert one.matches(known[:1])
    assert not one.matches(known[1:3])
    assert [one.ask(call) for call in asked[1:3]] == [wire.Returned(5), wire.Returned(6)]
    assert one.matches(known[3:])


def test_who_asks_something_else_is_answered_live(answering):
    """A call outside the plan discards the planned calls, and none of their answers are used."""
    asked = calls("double", *range(10))
    one = answering()
    one.plan([call.frame for call in asked])
    assert not one.matches([b"another"])
    assert one.ask(calls("double", 50)[0]) == wire.Returned(100)
    assert one.ask(asked[0]) == wire.Returned(0)
    assert not one.matches([b""])


def test_every_question_that_was_sent_is_asked(answering):
    """A cancelled plan gives the same output, no matter how fast it is read."""
    said = set()
    for _ in range(3):
        one = answering()
        one.plan([call.frame for call in calls("count", *range(40))])
        assert not one.matches([b"another"])
        one.plan([])
        said.add((one.printed, one.ask(calls("count", 0)[0])))
    ((printed, answer),) = said
    assert answer == wire.Returned(AHEAD + 1)
    assert printed.endswith(f"asked {AHEAD}\n")


@pytest.mark.parametrize(
    ("function", "says"),
    [("leave", "ended its process with exit code 3"), ("forever", "did not finish within 0.5 s")],
)
def test_a_worker_that_ends_ahead_of_its_question(answering, function, says):
    """If a planned call ends the worker, that call gets the error and the next call a new worker."""
    asked = [*calls("double", 1, 2), *calls(function, 3), *calls("double", 4)]
    known = replies(answering(), asked[:2])
    one = answering(seconds=0.5)
    one.plan([call.frame for call in asked])
    assert one.matches(known)
    assert not one.matches([b"never"])
    assert one.ask(asked[2]).reason == says
    assert one.ask(asked[3]) == wire.Returned(8)


def test_a_time_that_may_be_of_several_calls_is_no_verdict(answering):
    """Calls that each stay within the time limit still do if their answers are read late."""
    asked = calls("busy", *[0.3] * 4)
    known = replies(answering(), asked)
    one = answering(seconds=0.8)
    one.plan([call.frame for call in asked])
    assert one.matches(known[:1])
    computed, mark = one._worker.clock.computed, one._worker._mark
    while computed() - mark < 0.85:
        # A busy machine gives it all the time it needs.
        time.sleep(0.05)
    assert not one.matches(known[1:])
    assert [one.ask(call) for call in asked[1:]] == [wire.Returned(0.3)] * 3


def test_a_reply_that_is_none_ends_its_worker(answering):
    """An invalid reply ends the worker, even if it arrives before the request."""
    forged = "import os\ndef f(x):\n    for d in range(3, 99):\n        try: os.write(d, b'\\0\\0\\0\\x04abcd')\n        except OSError: pass\n"
    one = answering(forged)
    one.plan([call.frame for call in calls("f", 1, 2)])
    assert not one.matches([b"x"])
    assert "the worker sent a reply that isn't one" in one.ask(calls("f", 1)[0]).reason


def test_a_replica_keeps_up_and_gives_the_same_replies(answering):
    """The second worker computes at the same time; its replies are used in its own order, none twice."""
    asked = calls("double", *range(60))
    known = replies(answering(), asked)
    one, other = answering(), answering()
    backwards = [call.frame for call in asked[::-1]]
    one.plan([call.frame for call in asked])
    other.plan(backwards)
    for reply in known:
        assert one.matches([reply])
        other.keep_up_with(one)
    assert other.is_planned(backwards)
    assert len(other._ahead._early) == len(asked) - BEHIND
    assert all(other.matches([reply]) for reply in known[::-1])
    assert not other.is_planned(backwards)
    assert not other.matches([known[0]])


def test_how_far_a_replica_comes_does_not_depend_on_the_clock(answering):
    """A plan that is given up after some replies leaves the same count of calls, however slow they were."""
    counts = set()
    for pause in (0, 0.01, 0):
        one, other = answering(), answering()
        for client in (one, other):
            client.plan([call.frame for call in calls("count", *range(60))])
        for _ in range(30):
            assert one._take() is not None
            time.sleep(pause)
            other.keep_up_with(one)
        other.plan([])
        counts.add(other.ask(calls("count", 0)[0]).value)
    assert len(counts) == 1
    assert 30 - BEHIND < counts.pop() <= 30 + AHEAD


@pytest.mark.parametrize("function", ["leave", "forever"])
def test_a_replica_that_ends_while_it_keeps_up_is_asked_again(answering, function):
    """The failure counts when the answer is needed, as if nothing had been asked in advance."""
    asked = [*calls("double", *range(3)), *calls(function, 3), *calls("double", *range(40))]
    known = replies(answering(), asked[:3])
    one, other = answering(), answering(seconds=0.5)
    one.plan([call.frame for call in calls("double", *range(60))])
    other.plan([call.frame for call in asked])
    for _ in range(40):
        one._take()
        other.keep_up_with(one)
    assert not other.is_planned([call.frame for call in asked])
    assert not other.matches(known)
    assert [other.ask(call) for call in asked[:3]] == [wire.Returned(2 * x) for x in range(3)]
    assert "exit code 3" in other.ask(asked[3]).reason or "did not finish" in other.ask(asked[3]).reason
