"""Test a submission's client: a retry after library imports, within the submission's time limit."""

from types import SimpleNamespace

import pytest

from grader.runner import loaded_submission
from grader.runner.call import Budget, Call
from grader.runner.call_log import CallLog, Exchange
from grader.runner.exceptions import Inconsistent, Stopped
from grader.runner.submission_client import SubmissionClient
from grader.runner.workers import Workers
from grader.sandbox.wire import Loaded, Returned
from grader.sandbox.worker_end import Died, Late
from grader.sandbox.zygote_client import Demand, ZygoteClient
from grader.source_text import SourceText

SOURCE = """
import time
def answer(value): return value
def burn(seconds):
    begun = time.process_time()
    while time.process_time() - begun < seconds: pass
    return seconds
def spin():
    while True: pass
def hoard():
    held = bytearray(20 << 20)
    while held: pass
def gradient():
    import torch
    _, backward = torch.func.vjp(lambda x: 3 * x, torch.ones(2))
    return backward(torch.ones(2))[0]
"""


class Counted:
    """A zygote that counts requests to import more libraries and may refuse them."""

    def __init__(self, server, *, imports=True):
        self._server = server
        self._imports = imports
        self.asked = 0

    def fork_worker(self, *args, **kwargs):
        return self._server.fork_worker(*args, **kwargs)

    def import_the_rest(self):
        self.asked += 1
        if self._imports:
            self._server.import_the_rest()


@pytest.fixture
def answering(server):
    opened = []

    def answering(*, seconds=0.4, budget=None, text=SOURCE, cells=(), imports=True, of=server):
        counted = Counted(of, imports=imports)
        budget = budget or Budget(60.0)
        source = SourceText(text, "a.py", cells)
        one = SubmissionClient(
            counted, source, device="cpu", isolation=Demand(), seconds=seconds, budget=budget
        )
        opened.append(one)
        return one, counted, budget

    yield answering
    for one in opened:
        one.close()


def call(function, *args):
    return Call(function, "call", args)


def test_what_a_library_imports_at_a_first_call_is_not_charged(answering):
    """torch.func.vjp returns its result, even if its imports exceed a call's time limit."""
    with ZygoteClient.start() as cold:
        one, counted, _ = answering(of=cold)
        answer = one.ask(call("gradient"))
        assert isinstance(answer, Returned)
        assert answer.value.tolist() == [3.0, 3.0]
        assert counted.asked == 1


def test_a_second_try_is_had_once(answering):
    """A call that allocates memory and then loops is retried once; then the first time-out counts."""
    one, counted, budget = answering(imports=False)
    for _ in range(2):
        assert one.ask(call("hoard")) == Late("timeout", "did not finish within 0.4 s", imported=True)
    assert counted.asked == 1
    assert budget.spent == pytest.approx(3 * 0.4, abs=0.6)


def test_a_mere_loop_has_no_second_try(answering):
    """A loop isn't mistaken for an import: it ends at its first time-out, and the next call works."""
    one, counted, _ = answering(imports=False)
    assert one.ask(call("spin")) == Late("timeout", "did not finish within 0.4 s", imported=False)
    assert counted.asked == 0
    assert one.ask(call("answer", 1)).value == 1


def test_all_who_answer_spend_the_same_seconds(answering):
    """A submission's time is the computing time of all its workers, without the time between calls."""
    budget = Budget(60.0)
    for seconds in (0.2, 0.3):
        one, _, _ = answering(seconds=5.0, budget=budget)
        assert one.ask(call("burn", seconds)).value == seconds
    assert 0.5 <= budget.spent < 2.0
    assert budget.left() == 60.0 - budget.spent


def test_seconds_that_are_used_up_are_named_alike(answering):
    """The reason gives the submission's total time limit, even if time runs out before a call."""
    one, _, budget = answering(seconds=5.0, budget=Budget(600.0, left=0.4))
    told = Died("timeout", "the submission's 600 s are used up")
    assert [one.ask(call("spin")), one.ask(call("answer", 1))] == [told, told]
    assert one.load() == told
    assert budget.left() == 0.0


def test_cells_share_the_seconds_of_loading(answering, monkeypatch):
    """If a cell uses up the loading time, the reason gives the total limit, as on every machine."""
    monkeypatch.setattr(loaded_submission, "LOAD_SECONDS", 1.0)
    burn = "import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass\n"
    one, _, _ = answering(text=burn + burn + "done = max\n", cells=(1, 4, 7))
    assert isinstance(one.load(), Loaded)
    assert one.ended == {2: Died("timeout", "did not finish within 1 s")}
    assert "done" in one.functions


@pytest.mark.parametrize(
    ("again", "error"),
    [(Late("timeout", "did not finish within 4 s", imported=False), Stopped), (Returned(2), Inconsistent)],
)
def test_a_witness_that_is_late_is_no_contradiction(again, error):
    """If a second worker times out, this is reported as a time-out, not as a different answer."""
    call_log = CallLog()
    call_log.last.exchanges.append(Exchange(call("answer", 1), Returned(1)))
    exercise_run = SimpleNamespace(
        call_logs=[call_log],
        replica=SimpleNamespace(ask=lambda _: again, plan=list, is_planned=lambda _: False),
    )
    with pytest.raises(error):
        Workers.confirm(None, exercise_run)
    assert [one.answer for one in call_log.last.exchanges] == [again if error is Stopped else Returned(1)]
